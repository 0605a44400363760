import { describe, expect, it } from 'vitest';
import { naru } from '../naru.ts';

/** What a rehearsal says where no control plane can be had. */
const EXCUSE = /^BINARY_UNAVAILABLE.*$/m;

describe.each(['dev', 'prod'])('examples/observability at site %s', (site) => {
  it('is delivered, and then there is nothing to do', async (context) => {
    const { exitCode, stdout, stderr } = await naru([
      'rehearse',
      'examples/observability',
      '--site',
      site,
      '--level',
      'api',
    ]);
    const excuse = EXCUSE.exec(stderr)?.[0];
    if (excuse !== undefined) context.skip(excuse);

    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('✓ second plan finds nothing to do');
  });
});
