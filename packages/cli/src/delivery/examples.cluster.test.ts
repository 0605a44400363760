import { naru } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

/** Delivered, delivered again and deleted on an API server of their own; `hello` has tests with controllers and with pods. */
describe('examples on a real API server', () => {
  it.each([
    ['webshop', 'cloud'],
    ['observability', 'dev'],
  ])('%s at site %s is taken as it is', { timeout: 180_000 }, async (example, site) => {
    const { exitCode, stdout, stderr } = await naru(
      ['rehearse', `examples/${example}`, '--site', site, '--level', 'api'],
      { environment: { PAYMENT_TOKEN: 'a-token-of-the-tests' } },
    );

    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain(example);
    expect(stdout + stderr).not.toContain('a-token-of-the-tests');
  });
});
