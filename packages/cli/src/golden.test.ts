import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CapturedRun, runCaptured } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const TESTDATA = relative(process.cwd(), fileURLToPath(new URL('../testdata/', import.meta.url)));
/** Exit codes of the cases that end with anything but 0. */
const ENDS: Readonly<Record<string, number>> = {
  'check/broken': 2,
  'check/broken-json': 2,
  'explain/misspelt': 2,
  'plan/shop': 10,
};

/**
 * A case is a folder `testdata/<group>/<case>` with the words of a command line; add one by adding a folder. Rewrite what is
 * expected with `vitest -u`, and read the difference. One file where both languages print the same.
 */
describe.each(['check', 'render', 'images', 'compose', 'explain', 'graph', 'plan', 'chart-template', 'help', 'usage'])(
  '%s',
  (group) => {
    it.each(readdirSync(`${TESTDATA}/${group}`))('%s', async (name) => {
      const folder = `${TESTDATA}/${group}/${name}`;
      const words = readFileSync(`${folder}/command`, 'utf8').split(/\s+/).filter(Boolean);

      const english = await runCaptured(words);
      const korean = await runCaptured(words, { environment: { LANG: 'ko_KR.UTF-8' } });

      expect(english.exitCode).toBe(ENDS[`${group}/${name}`] ?? (group === 'usage' ? 2 : 0));
      expect(korean.exitCode).toBe(english.exitCode);
      if (transcript(korean) === transcript(english)) {
        await expect(transcript(english)).toMatchFileSnapshot(`../${fromSource(folder)}/expected.txt`);
      } else {
        await expect(transcript(english)).toMatchFileSnapshot(`../${fromSource(folder)}/expected.en.txt`);
        await expect(transcript(korean)).toMatchFileSnapshot(`../${fromSource(folder)}/expected.ko.txt`);
      }
    });
  },
);

function fromSource(folder: string): string {
  return relative(fileURLToPath(new URL('..', import.meta.url)), folder);
}

/** Both streams, told apart. The digest of a revision changes with everything below it, and says nothing to a reader. */
function transcript({ exitCode, stdout, stderr }: CapturedRun): string {
  const shown = { stdout: stdout.replace(/"revision": "sha256:[0-9a-f]{64}"/, '"revision": "sha256:…"'), stderr };
  const streams = Object.entries(shown).filter(([, text]) => text !== '');
  return [...streams.map(([name, text]) => `== ${name}\n${text}`), `== exit code ${exitCode}\n`].join('');
}
