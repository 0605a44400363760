import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { librariesOf } from './shared-libraries.ts';

const LIBRARIES = 'lib/x86_64-linux-gnu';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'naru-libraries-'));
  mkdirSync(join(root, LIBRARIES), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** A loader that answers every question with `lines`. */
function loaderSays(...lines: string[]): string {
  const path = join(root, LIBRARIES, 'ld-linux-x86-64.so.2');
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${lines.join('\n')}\nEND\n`, { mode: 0o755 });
  return path;
}

function program(magic: string): string {
  const path = join(root, 'program');
  writeFileSync(path, `${magic} and more`);
  return path;
}

it('takes the libraries that the loader names, and the loader', async () => {
  const library = join(root, LIBRARIES, 'libc.so.6');
  const loader = loaderSays('\tlinux-vdso.so.1 (0x7f)', `\tlibc.so.6 => ${library} (0x7e)`);

  expect(await librariesOf(root, [program('\x7fELF')])).toEqual([loader, library].sort());
});

it('refuses a program that needs a library which no package brings', async () => {
  loaderSays('\tlibfoo.so.1 => not found');

  await expect(librariesOf(root, [program('\x7fELF')])).rejects.toThrow('program needs libfoo.so.1');
});

it('asks nothing about files that are no programs', async () => {
  loaderSays('\tlibfoo.so.1 => not found');

  expect(await librariesOf(root, [program('#!/bin/sh')])).toEqual([]);
});

it('takes a program that the loader refuses for a static one', async () => {
  writeFileSync(join(root, LIBRARIES, 'ld-linux-x86-64.so.2'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });

  expect(await librariesOf(root, [program('\x7fELF')])).toEqual([]);
});
