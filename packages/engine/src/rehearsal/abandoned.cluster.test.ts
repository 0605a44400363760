import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { abandonControlPlane, eventually, processesNaming, useControlPlane } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { startControlPlane } from './start-control-plane.ts';

describe.each(['api', 'controllers'] as const)('a control plane of level %s whose starter was killed', (level) => {
  useControlPlane(level); // skips where the level cannot be had

  it('ends by itself and takes its directory with it', async () => {
    const { directory, parent, processes } = await abandonControlPlane(level);
    expect(directory).toContain(parent);
    expect(processes).toBeGreaterThanOrEqual(2);
    await eventually('every process is gone', async () => (await processesNaming(parent)).length === 0);
    await eventually('its directory is gone', async () => (await readdir(parent)).length === 0);
    await rm(parent, { recursive: true });
  });

  it.each([250, 600, 1200, 2500])('ends by itself when it was still starting, after %i ms', async (afterMs) => {
    const { parent } = await abandonControlPlane(level, afterMs);
    await eventually('every process is gone', async () => (await processesNaming(parent)).length === 0);
    await rm(parent, { recursive: true });
  });
});

it('removes at the next start what a power cut has left', async () => {
  const { parent } = await abandonControlPlane('api', 0);
  const left = join(parent, 'naru-rehearsal-powercut');
  await mkdir(left);
  await writeFile(join(left, 'owner'), '999999999');
  const controlPlane = await startControlPlane({ level: 'api', environment: { ...env, TMPDIR: parent } });
  expect(await readdir(parent)).toEqual([controlPlane.directory.slice(parent.length + 1)]);
  await controlPlane.stop();
  expect(await readdir(parent)).toEqual([]);
  await rm(parent, { recursive: true });
});
