import { access } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newReader, type Reader } from './reader.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await newReader(process.cwd());
});
afterAll(async () => {
  await reader.leave();
  await expect(access(reader.folder)).rejects.toThrow('ENOENT');
});

it('has the examples and our own Node at hand', async () => {
  const { exitCode, output } = await reader.run('test -f examples/hello/platform.yaml; node --version');

  expect({ exitCode, output }).toEqual({ exitCode: 0, output: `${process.version}\n` });
});

it('may change its copy without touching the repository', async () => {
  await reader.run('rm examples/hello/platform.yaml');

  await expect(access('examples/hello/platform.yaml')).resolves.toBeUndefined();
});

it('stops at the first command that fails, and tells what was printed', async () => {
  expect(await reader.run('echo before; false; echo after')).toEqual({ exitCode: 1, output: 'before\n' });
});

it('knows no cluster unless it is given one', async () => {
  const { exitCode, output } = await reader.run('echo "$KUBECONFIG"', { KUBECONFIG: 'mine' });

  expect({ exitCode, output }).toEqual({ exitCode: 0, output: 'mine\n' });
  expect((await reader.run('naru status')).exitCode).not.toBe(0);
});
