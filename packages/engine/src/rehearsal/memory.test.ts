import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { measureMemory } from './memory.ts';

it('counts processes that name the directory, and shells and strangers not', async () => {
  const directory = `/tmp/naru-rehearsal-memory-${process.pid}`;
  const wait = 'setTimeout(() => undefined, 30000)';
  const children = [
    spawn(process.execPath, ['-e', wait, directory]),
    spawn(process.execPath, ['-e', wait, '/tmp/another']),
    spawn('/bin/sh', ['-c', 'sleep 30; :', directory]),
  ];
  try {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const found = await measureMemory(directory);
    expect(found.map(({ process }) => process)).toEqual(['node']);
    expect(found[0]?.residentMiB).toBeGreaterThan(5);
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
});
