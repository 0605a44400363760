import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newReader, type Reader } from './documents/reader.ts';
import { shellBlocks } from './documents/shell-blocks.ts';

/** What `naru rehearse` or the image builder says where real pods cannot be had. */
const EXCUSE =
  /^(?:NODE_LEVEL_UNSUPPORTED|NODE_TOOLS_MISSING|BINARY_UNAVAILABLE|images are built|images cannot be built).*$/m;
const GUIDE = 'docs/guide';

let reader: Reader;
beforeAll(async () => {
  reader = await newReader(process.cwd());
});
afterAll(() => reader.leave());

it('can be followed with real pods', async (context) => {
  const documents = (await readdir(GUIDE)).map((name) => join(GUIDE, name));
  const texts = await Promise.all(documents.map((document) => readFile(document, 'utf8')));
  const scripts = texts.flatMap((text) => shellBlocks(text).filter(({ needs }) => needs === 'node'));
  for (const { script } of scripts) {
    const { exitCode, output } = await reader.run(script);
    const excuse = EXCUSE.exec(output)?.[0];
    if (excuse !== undefined) context.skip(excuse);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('level node');
  }
  expect(scripts.length).toBeGreaterThan(0);
});
