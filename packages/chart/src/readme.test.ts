import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as naruChart from './index.ts';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${FOLDER}README.md`, 'utf8');
const examples = [...readme.matchAll(/^```ts\n([^]*?)^```$[^]*?^```text\n([^]*?)^```$/gm)];

it.each(examples.map(([, code = '', output = '']) => [code, output]))('prints what the README says', (code, output) => {
  const args = ['--input-type=module-typescript', '--eval', code];

  expect(execFileSync(process.execPath, args, { cwd: FOLDER, encoding: 'utf8' })).toBe(output);
});

it('has an example, and names only functions that there are', () => {
  const named = [...readme.matchAll(/`(\w+)\(/g)].map(([, name = '']) => name).filter((name) => name !== 'remedyIn');

  expect(examples).toHaveLength(1);
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(naruChart).toHaveProperty(name);
});
