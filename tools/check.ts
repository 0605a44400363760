import { readdirSync } from 'node:fs';
import { run } from './run.ts';

/**
 * `npm run check`: types, lint, format, dead code, dependencies, architecture and generated pages, in under a minute.
 *
 * Some of these tools pass when they find nothing to look at, so what they looked at is asserted too.
 */
interface Task {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What is wrong with the output of a run that ended with 0. */
  readonly doubt?: (output: string) => string | undefined;
}

const bin = (name: string): string => `node_modules/.bin/${name}`;

const TASKS: readonly Task[] = [
  {
    name: 'compiler is TypeScript 7',
    command: [bin('tsc'), '--version'],
    doubt: (output) => (/Version 7\./.test(output) ? undefined : output),
  },
  {
    name: 'one undici',
    command: ['npm', 'ls', 'undici', '--parseable', '--all'],
    doubt: (output) => {
      const copies = new Set(output.split('\n').filter((line) => line.includes('undici')));
      return copies.size === 1 ? undefined : [...copies].join('\n');
    },
  },
  ...readdirSync('packages').map(
    (name): Task => ({ name: `types of ${name}`, command: [bin('tsc'), '-p', `packages/${name}`] }),
  ),
  { name: 'types of tests and tools', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  {
    name: 'lint',
    command: [bin('oxlint'), '--type-aware', '.'],
    doubt: (output) => (/on (\d{2,}) files/.test(output) ? undefined : 'no files were linted'),
  },
  { name: 'format', command: [bin('biome'), 'format', '.'] },
  {
    name: 'dependencies',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.json', 'packages', 'tools', 'bench', 'conformance'],
    doubt: (output) => (/\((\d{3,}) modules/.test(output) ? undefined : `too few modules were seen: ${output}`),
  },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'generated pages', command: [bin('node'), 'tools/generate-reference.ts', '--check'] },
  { name: 'architecture', command: [bin('vitest'), 'run', '--project', 'unit', 'tools/architecture.test.ts'] },
];

const failures: string[] = [];
const queue = [...TASKS];

async function work(): Promise<void> {
  for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
    const [command, ...args] = task.command;
    const { exitCode, output, seconds } = await run(command, args);
    const fault = exitCode === 0 ? task.doubt?.(output) : output;
    console.log(`${fault === undefined ? 'ok  ' : 'FAIL'} ${task.name} (${seconds.toFixed(1)} s)`);
    if (fault !== undefined) failures.push(`--- ${task.name}: ${task.command.join(' ')}\n${fault}`);
  }
}

// As many at a time as the smallest machine that we promise anything on has cores.
await Promise.all([work(), work()]);
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}
