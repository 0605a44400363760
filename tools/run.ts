import { spawn } from 'node:child_process';

export interface Run {
  readonly exitCode: number;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program and collects what it prints; never rejects for a program that fails. */
export async function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Run> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exitCode = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, output: Buffer.concat(chunks).toString('utf8'), seconds: (performance.now() - started) / 1000 };
}
