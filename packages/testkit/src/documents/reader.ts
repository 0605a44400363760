import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';

/** How a script ended, with everything that it printed. */
export interface ScriptRun {
  readonly exitCode: number;
  readonly output: string;
}

/** Somebody who follows a document: a folder of their own with what a clone has, and a shell in it. */
export interface Reader {
  readonly folder: string;
  /** Runs commands in the folder as `bash -euo pipefail` does; there is no terminal to ask questions on. */
  run(script: string, environment?: Readonly<Record<string, string>>): Promise<ScriptRun>;
  /** Removes the folder. */
  leave(): Promise<void>;
}

/** `root` is the folder of the repository. The examples and the catalog are copies, so that a reader may change them. */
export async function newReader(root: string): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-reader-'));
  for (const name of ['examples', 'catalog']) await cp(join(root, name), join(folder, name), { recursive: true });
  for (const name of ['node_modules', 'tools']) await symlink(join(root, name), join(folder, name));
  const path = [join(root, 'node_modules', '.bin'), env['PATH'] ?? ''].join(delimiter);
  return {
    folder,
    run: (script, environment = {}) =>
      runShell(script, folder, { ...env, LC_ALL: 'C', KUBECONFIG: '/dev/null', PATH: path, ...environment }),
    leave: () => rm(folder, { recursive: true }),
  };
}

async function runShell(script: string, folder: string, environment: NodeJS.ProcessEnv): Promise<ScriptRun> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
