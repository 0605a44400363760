import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findHelm } from '../conformance/helm/find-helm.ts';

/**
 * `naru check` of generated platforms, from the start of the process to its findings, beside the `helm template` processes, two at a time, that
 * would only render their charts. Every component has a chart of its own, as `helm create` makes it. Needs `npm run build`.
 */
const SIZES = [10, 100, 1000];
const COMPARED = 100;
const ROUNDS = 3;
const run = promisify(execFile);
const program = join(import.meta.dirname, '../packages/cli/dist/bin/naru.js');

const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');
const scratch = mkdtempSync(join(tmpdir(), 'naru-bench-'));
try {
  execFileSync(helm, ['create', 'demo'], { cwd: scratch, stdio: 'ignore' });
  await compare(helm);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function compare(binary: string): Promise<void> {
  const ours = new Map<number, Run[]>(SIZES.map((size) => [size, []]));
  const theirs: number[] = [];
  const folders = SIZES.map((size) => ({ size, folder: writePlatform(size) }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { size, folder } of folders) {
      ours.get(size)?.push(await check(folder));
      if (size === COMPARED) theirs.push(await timed(() => renderAll(binary, folder, size)));
    }
  }
  for (const size of SIZES) {
    const runs = ours.get(size) ?? [];
    const ms = median(runs.map((one) => one.ms));
    const beside =
      size === COMPARED
        ? `; helm template two at a time ${seconds(median(theirs))}, ratio ${(ms / median(theirs)).toFixed(2)}`
        : '';
    console.log(
      `${size} components: ${seconds(ms)}, ${(ms / size).toFixed(1)} ms each, ${median(runs.map(({ peakMiB }) => peakMiB)).toFixed(0)} MiB${beside}`,
    );
  }
}

function writePlatform(size: number): string {
  const folder = join(scratch, `platform-${size}`);
  const names = Array.from({ length: size }, (_, index) => `part-${index}`);
  mkdirSync(join(folder, 'sites'), { recursive: true });
  const document = (file: string, kind: string, name: string, spec: object): void =>
    writeFileSync(
      join(folder, file),
      JSON.stringify({ apiVersion: 'naru.dev/v1alpha1', kind, metadata: { name }, spec }),
    );
  const components = names.map((name) => [name, { component: `./components/${name}`, namespace: name }]);
  document('platform.yaml', 'Platform', 'large', { components: Object.fromEntries(components) });
  document('sites/dev.yaml', 'Site', 'dev', {});
  for (const name of names) {
    cpSync(join(scratch, 'demo'), join(folder, 'components', name, 'chart'), { recursive: true });
    document(`components/${name}/component.yaml`, 'Component', name, {
      title: { en: name, ko: name },
      version: '1.0.0',
      license: 'MIT',
      chart: './chart',
    });
  }
  return folder;
}

interface Run {
  readonly ms: number;
  readonly peakMiB: number;
}

async function check(folder: string): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'check', folder, '--site', 'dev'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMiB = 0;
  const look = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
  }, 10);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`naru check ended with ${code}`);
  return { ms: performance.now() - begun, peakMiB };
}

/** The most memory that a process had so far; 0 when it has ended. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function renderAll(binary: string, folder: string, size: number): Promise<void> {
  const waiting = Array.from({ length: size }, (_, index) => `part-${index}`);
  const worker = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
      await run(binary, ['template', name, join(folder, 'components', name, 'chart'), '-n', name]);
  };
  await Promise.all([worker(), worker()]);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
