import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { promisify } from 'node:util';
// Not by way of the package: a process of its own shall load what a list needs, and no more.
import { connect } from '../packages/engine/src/kube/connect.ts';

/**
 * Our client beside kubectl, on the same API server: the list of 5,000 ConfigMaps, and 500 objects by server-side apply.
 * Prints ratios, which say the same on a slow machine as on a fast one. Below 1 we are faster.
 */
const LISTED = 5000;
const APPLIED = 500;
const ROUNDS = 5;
const KIND = { apiVersion: 'v1', kind: 'ConfigMap' };
const run = promisify(execFile);

function configMap(name: string, namespace: string, round: number) {
  return { ...KIND, metadata: { name, namespace }, data: { round: String(round), filler: 'x'.repeat(200) } };
}

function applied(namespace: string, round: number) {
  return Array.from({ length: APPLIED }, (_, index) => configMap(`applied-${index}`, namespace, round));
}

async function measure(kubeconfig: string) {
  const client = await connect({ kubeconfig, environment: env });
  const type = await client.discovery.resourceFor(KIND);
  if (type === undefined) throw new Error('the server has no ConfigMaps');
  const list = async (): Promise<void> => {
    const { items } = await client.list(type, { namespace: 'listed' });
    if (items.length !== LISTED) throw new Error(`${items.length} objects instead of ${LISTED}`);
  };
  const apply = async (namespace: string, round: number): Promise<void> => {
    await Promise.all(applied(namespace, round).map((object) => client.apply(object, { fieldManager: 'bench' })));
  };
  return { client, list, apply };
}

async function medianMs(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begun = performance.now();
    await work(round);
    // The first round warms both sides up.
    if (round > 0) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** The same work in a process of its own, as kubectl's is. */
async function child([work, kubeconfig = '', round = '0']: readonly string[]): Promise<void> {
  const { client, list, apply } = await measure(kubeconfig);
  await (work === 'list' ? list() : apply('process', Number(round)));
  await client.close();
}

async function bench(): Promise<void> {
  const { locateBinaries, startControlPlane } = await import('@naru/engine');
  const { paths } = await locateBinaries({ names: ['kubectl'], environment: env });
  const kubectl = paths.get('kubectl') ?? 'kubectl';
  const controlPlane = await startControlPlane({ level: 'api', environment: env });
  const { kubeconfigPath: kubeconfig, directory } = controlPlane;
  const { client, list, apply } = await measure(kubeconfig);
  try {
    for (const name of ['listed', 'ours', 'process', 'kubectl']) {
      await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'bench' });
    }
    const listed = Array.from({ length: LISTED }, (_, index) => configMap(`listed-${index}`, 'listed', 0));
    await Promise.all(listed.map((object) => client.create(object, { fieldManager: 'bench' })));
    const ctl = (...args: string[]) => run(kubectl, [`--kubeconfig=${kubeconfig}`, ...args], { maxBuffer: 2 ** 28 });
    const self = (...args: string[]) => run(execPath, [argv[1] ?? '', ...args]);
    const ctlApply = async (round: number): Promise<void> => {
      const file = join(directory, 'applied.json');
      await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: applied('kubectl', round) }));
      await ctl('apply', '--server-side', '--field-manager=bench', '-f', file);
    };
    report(`list ${LISTED} ConfigMaps`, {
      ours: await medianMs(list),
      process: await medianMs(() => self('list', kubeconfig)),
      kubectl: await medianMs(() => ctl('get', 'configmaps', '--namespace=listed', '--output=name')),
    });
    report(`apply ${APPLIED} objects`, {
      ours: await medianMs((round) => apply('ours', round)),
      process: await medianMs((round) => self('apply', kubeconfig, String(round))),
      kubectl: await medianMs(ctlApply),
    });
  } finally {
    await client.close();
    await controlPlane.stop();
  }
}

function report(what: string, { ours, process, kubectl }: Record<'ours' | 'process' | 'kubectl', number>): void {
  const ratio = (time: number): string => (time / kubectl).toFixed(2);
  const ms = (time: number): string => `${time.toFixed(0)} ms`;
  console.log(`${what}: ratio to kubectl ${ratio(ours)} in-process, ${ratio(process)} as a process`);
  console.log(`  (${ms(ours)}, ${ms(process)}; kubectl ${ms(kubectl)}; medians of ${ROUNDS})`);
}

await (argv[2] === undefined ? bench() : child(argv.slice(2)));
