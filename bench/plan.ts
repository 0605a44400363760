import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { writes } from '@naru/core';
import { type KubeClient, connect, locateBinaries, startControlPlane } from '@naru/engine';
import { counted } from '../packages/engine/testing/client.ts';
import { carryOut, planDelete, planFolder, writePlatform } from '../packages/engine/testing/platform.ts';

/**
 * Deliveries of 250 and of 1,000 objects to an API server, beside kubectl with the same objects. Prints how the time grows with
 * the objects, which says the same on every machine: four times as many objects should take about four times as long.
 */
const SIZES = [250, 1000];
const COMPONENTS = 10;
const ROUNDS = 3;
const run = promisify(execFile);

interface Times {
  readonly install: number;
  readonly plan: number;
  readonly planRequests: number;
  readonly change: number;
  readonly remove: number;
  readonly kubectlApply: number;
  readonly kubectlDiff: number;
}

function objectsOf(count: number, prefix: string, round: string): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${prefix}-${index}`, namespace: 'default', labels: { part: `p${index % COMPONENTS}` } },
    data: { round, filler: 'x'.repeat(200) },
  }));
}

function partsOf(objects: readonly object[]): Readonly<Record<string, { readonly manifests: readonly object[] }>> {
  const names = Array.from({ length: COMPONENTS }, (_, index) => index);
  return Object.fromEntries(
    names.map((part) => [`part-${part}`, { manifests: objects.filter((_, index) => index % COMPONENTS === part) }]),
  );
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const begun = performance.now();
  return { result: await work(), ms: performance.now() - begun };
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await timed(work)).ms);
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

async function delivered(client: KubeClient, folder: string): Promise<void> {
  const { kind } = await carryOut(client, await planFolder(client, folder), { parallel: 8 });
  if (kind !== 'done') throw new Error(`the delivery is ${kind}`);
}

async function measure(
  client: KubeClient,
  kubectl: (...args: readonly string[]) => Promise<unknown>,
  { scratch, size }: { readonly scratch: string; readonly size: number },
): Promise<Times> {
  const name = `size-${size}`;
  const folder = writePlatform(scratch, name, partsOf(objectsOf(size, name, 'one')));
  const { ms: install } = await timed(() => delivered(client, folder));
  const { client: counting, calls } = counted(client);
  const idle = await planFolder(counting, folder);
  if (writes(idle.plan).length > 0) throw new Error('the idle plan is not idle');
  const plan = await medianMs(() => planFolder(client, folder));
  writePlatform(scratch, name, partsOf(objectsOf(size, name, 'two')));
  const { ms: change } = await timed(() => delivered(client, folder));
  const { ms: remove } = await timed(async () => carryOut(client, await planDelete(client, name), { parallel: 8 }));

  const file = join(scratch, `${name}.json`);
  await writeFile(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objectsOf(size, `ctl-${size}`, 'one') }),
  );
  const applyArgs = ['apply', '--server-side', '--field-manager=bench', '-f', file];
  const { ms: kubectlApply } = await timed(() => kubectl(...applyArgs));
  const diffArgs = ['diff', '--server-side', '--field-manager=bench', '-f', file];
  const { ms: kubectlDiff } = await timed(() => kubectl(...diffArgs));
  return { install, plan, planRequests: calls.length, change, remove, kubectlApply, kubectlDiff };
}

function report(what: string, times: readonly number[], beside?: { readonly name: string; readonly ms: number }): void {
  const [small = Number.NaN, large = Number.NaN] = times;
  const [less = 1, more = 1] = SIZES;
  const growth = large / small / (more / less);
  const other =
    beside === undefined ? '' : `; ${beside.name} ${seconds(beside.ms)}, ratio ${(large / beside.ms).toFixed(2)}`;
  console.log(`${what}: ${seconds(small)} → ${seconds(large)}, per object × ${growth.toFixed(2)}${other}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

const { paths } = await locateBinaries({ names: ['kubectl'], environment: env });
const program = paths.get('kubectl') ?? 'kubectl';
const scratch = await mkdtemp(join(tmpdir(), 'naru-bench-'));
const controlPlane = await startControlPlane({ level: 'api', environment: env });
const client = await connect({ kubeconfig: controlPlane.kubeconfigPath, environment: {} });
const kubectl = (...args: readonly string[]): Promise<unknown> =>
  run(program, [`--kubeconfig=${controlPlane.kubeconfigPath}`, ...args], { maxBuffer: 2 ** 28 });
try {
  const system = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'naru-system' } };
  await client.create(system, { fieldManager: 'bench' });
  // The first delivery warms both sides up.
  await measure(client, kubectl, { scratch, size: 50 });
  const all: Times[] = [];
  for (const size of SIZES) all.push(await measure(client, kubectl, { scratch, size }));
  const large = all.at(-1);
  const pick = (name: keyof Times): readonly number[] => all.map((times) => times[name]);
  console.log(`${SIZES.join(' → ')} objects in ${COMPONENTS} components`);
  report('install', pick('install'), { name: 'kubectl apply --server-side', ms: large?.kubectlApply ?? Number.NaN });
  report('idle plan', pick('plan'), { name: 'kubectl diff --server-side', ms: large?.kubectlDiff ?? Number.NaN });
  console.log(`idle plan: ${pick('planRequests').join(' → ')} requests`);
  report('change of every object', pick('change'));
  report('delete', pick('remove'));
} finally {
  await client.close();
  await controlPlane.stop();
  await rm(scratch, { recursive: true });
}
