import { type Io, main } from '@naru/cli';
import { relative } from 'node:path';
import { cwd } from 'node:process';
import { fileURLToPath } from 'node:url';

export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Relative, as the real one is: places in it are printed. */
const CATALOG = relative(cwd(), fileURLToPath(new URL('../../../catalog', import.meta.url)));

/**
 * Runs a command line inside this process: fast, and with whatever world a test wants. The world is that of a script:
 * English, no terminal, 80 columns, no cluster.
 */
export async function runCaptured(args: readonly string[], world: Partial<Io> = {}): Promise<CapturedRun> {
  const printed = { stdout: '', stderr: '' };
  const exitCode = await main(args, {
    environment: { KUBECONFIG: '/nonexistent' },
    print: (text) => (printed.stdout += text),
    tell: (text) => (printed.stderr += text),
    isTerminal: false,
    columns: 80,
    rows: 24,
    hasColor: false,
    interrupt: new AbortController().signal,
    catalogFolder: CATALOG,
    ask: undefined,
    readInput: async () => '',
    holder: 'tester@here:1',
    ...world,
  });
  return { exitCode, ...printed };
}
