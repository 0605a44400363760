import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useControlPlane } from './control-plane.ts';
import { newReader, type Reader } from './documents/reader.ts';
import { shellBlocks } from './documents/shell-blocks.ts';

/** The documents with commands that need a cluster. Each is followed from its first command to its last. */
const DOCUMENTS = ['docs/guide/getting-started.md', 'docs/guide/rehearsal.md', 'docs/guide/add-a-component.md'];

const controlPlane = useControlPlane('controllers');

describe.each(DOCUMENTS)('%s', (document) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await newReader(process.cwd());
  });
  afterAll(() => reader.leave());

  it('can be followed on a cluster', async () => {
    const blocks = shellBlocks(await readFile(document, 'utf8')).filter(
      ({ needs }) => needs !== 'clone' && needs !== 'node',
    );
    for (const { line, script } of blocks) {
      const { exitCode, output } = await reader.run(script, { KUBECONFIG: controlPlane().kubeconfigPath });
      expect(exitCode, `${document}:${line}\n${output}`).toBe(0);
      // Where no control plane can be had a rehearsal ends well and proves nothing; here one can.
      expect(output).not.toContain('nothing was rehearsed');
    }
    expect(blocks.filter(({ needs }) => needs === 'controllers').length).toBeGreaterThan(0);
  });
});
