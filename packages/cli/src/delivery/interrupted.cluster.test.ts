import { isDeepStrictEqual } from 'node:util';
import { clusterContents, eventually, naru, type NaruRun, startNaru, useControlPlane, succeeded } from '@naru/testkit';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const HELLO = ['examples/hello', '--site', 'dev'];
const controlPlane = useControlPlane('controllers');
const run = (...args: readonly string[]): Promise<NaruRun> => naru(args, { kubeconfig: controlPlane().kubeconfigPath });
const done = async (...args: readonly string[]): Promise<NaruRun> => succeeded(await run(...args));
const contents = (): Promise<readonly string[]> => clusterContents(controlPlane().kubeconfigPath);

let empty: readonly string[] = [];
let undisturbed: readonly string[] = [];

describe('a delivery that is killed', () => {
  beforeAll(async () => {
    empty = await contents();
    await done('apply', ...HELLO);
    undisturbed = await contents();
    await deleteAll();
  });

  it.each([
    { moment: 'before anything of a component is created', sign: 'postgresql: applying', again: [] },
    {
      moment: 'between two objects of a component',
      sign: 'postgresql: create Service/hello/postgresql',
      again: ['--take-over'],
    },
    { moment: 'while it waits for readiness', sign: 'hello: getting ready', again: ['--take-over'] },
  ])('$moment converges when it is run again, and leaks nothing', async ({ sign, again }) => {
    const first = startNaru(['apply', ...HELLO], { kubeconfig: controlPlane().kubeconfigPath });
    await eventually(`"${sign}" is printed`, () => Promise.resolve(first.printed().includes(sign)), 60_000);
    first.kill('SIGKILL');
    expect(await first.ended).toMatchObject({ exitCode: undefined });

    const second = await run('apply', ...HELLO, ...again);

    expect(second).toMatchObject({ exitCode: 0 });
    expect(await contents()).toEqual(undisturbed);
    await done('plan', ...HELLO, '--exit-code');
    await deleteAll();
  });

  it.each([
    'delete StatefulSet.apps/hello/valkey',
    // Gone with its data, and still recorded.
    'delete PersistentVolumeClaim/hello/data-postgresql-0',
  ])('during a delete, at "%s", goes on with the delete', async (sign) => {
    await done('apply', ...HELLO);
    const first = startNaru(['delete', 'hello', '--delete-data', '--yes'], {
      kubeconfig: controlPlane().kubeconfigPath,
    });
    await eventually(`"${sign}" is printed`, () => Promise.resolve(first.printed().includes(sign)), 60_000);
    first.kill('SIGKILL');
    await first.ended;

    await deleteAll();
  });

  it('by Ctrl-C ends with 130, says how to continue, and frees the platform at once', async () => {
    const first = startNaru(['apply', ...HELLO], { kubeconfig: controlPlane().kubeconfigPath });
    await eventually(
      'a component is applied',
      () => Promise.resolve(first.printed().includes('postgresql: applying')),
      60_000,
    );
    first.kill('SIGINT');

    const { exitCode, stderr } = await first.ended;

    expect(exitCode).toBe(130);
    expect(stderr).toContain('Continue with `naru apply examples/hello --site dev`');
    const started = Date.now();
    await done('apply', ...HELLO);
    // A lease that was not given back would be waited for: 15 s.
    expect(Date.now() - started).toBeLessThan(14_000);
    expect(await contents()).toEqual(undisturbed);
    await deleteAll();
  });
});

async function deleteAll(): Promise<void> {
  const { stdout } = await done('delete', 'hello', '--delete-data', '--yes', '--take-over');
  // A volume goes after its claim, by the hand of its provisioner.
  await vi
    .waitUntil(async () => isDeepStrictEqual(await contents(), empty), { timeout: 30_000, interval: 500 })
    .catch(() => undefined);
  expect({ left: (await contents()).filter((key) => !empty.includes(key)), stdout }).toMatchObject({ left: [] });
}

describe('two deliveries of one platform at once', () => {
  it('both end well: the second waits, and plans anew what the first has left', async () => {
    const both = await Promise.all([run('apply', ...HELLO), run('apply', ...HELLO)]);

    // Whoever is alive for too long is not waited for: that is said, and nothing is done.
    for (const { exitCode, stderr } of both) {
      if (exitCode === 3) expect(stderr).toContain('DELIVERY_HELD');
      else expect(exitCode, stderr).toBe(0);
    }
    expect(both.some(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(await run('plan', ...HELLO, '--exit-code')).toMatchObject({ exitCode: 0 });
    expect(await contents()).toEqual(undisturbed);
    await deleteAll();
  });
});
