import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is put to Helm and to us. */
export interface Question {
  readonly kind: 'template' | 'set' | 'set-string' | 'set-json' | 'set-literal' | 'yaml' | 'values';
  /** A template, the text of a `--set` flag, or YAML. */
  readonly text: string;
  /** The YAML that a template sees, or what a `--set` text is laid on. */
  readonly values: string;
}

export type Answer = { readonly output: string } | { readonly error: string };

const SOURCE = fileURLToPath(new URL('driver/main.go', import.meta.url));
const MODULE = 'module driver\n\ngo 1.26\n\nrequire helm.sh/helm/v4 v4.3.1\n';

/**
 * The program that asks Helm's packages, built from `driver/main.go` on first use and kept in the cache folder. Nothing
 * when it cannot be built: there is no Go, or Helm's modules are out of reach. `build: false` only looks.
 */
export function findDriver(
  environment: Readonly<Record<string, string | undefined>>,
  { build = true }: { readonly build?: boolean } = {},
): string | undefined {
  const home = environment['XDG_CACHE_HOME'] ?? join(environment['HOME'] ?? '/', '.cache');
  const cache = environment['NARU_CACHE'] ?? join(home, 'naru');
  const digest = createHash('sha256').update(MODULE).update(readFileSync(SOURCE)).digest('hex').slice(0, 16);
  const program = join(cache, 'helm-driver', digest, 'driver');
  if (existsSync(program)) return program;
  return build ? buildDriver(program, environment) : undefined;
}

function buildDriver(program: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  mkdirSync(dirname(program), { recursive: true });
  const folder = mkdtempSync(join(dirname(program), 'build-'));
  try {
    writeFileSync(join(folder, 'go.mod'), MODULE);
    copyFileSync(SOURCE, join(folder, 'main.go'));
    const options = {
      cwd: folder,
      env: { ...environment, GOFLAGS: '-mod=mod -buildvcs=false' },
      stdio: 'ignore',
    } as const;
    execFileSync('go', ['build', '-o', 'driver', '.'], options);
    renameSync(join(folder, 'driver'), program);
    return program;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks Helm everything; answers come in the order of the questions. A question that kills Helm's process has none. */
export async function askHelm(driver: string, questions: readonly Question[]): Promise<(Answer | undefined)[]> {
  const answers: (Answer | undefined)[] = [];
  while (answers.length < questions.length) {
    const more = await askOneProcess(driver, questions.slice(answers.length));
    answers.push(...more);
    if (answers.length < questions.length) answers.push(undefined);
  }
  return answers;
}

async function askOneProcess(driver: string, questions: readonly Question[]): Promise<Answer[]> {
  const helm = spawn(driver, { stdio: ['pipe', 'pipe', 'ignore'], env: { TZ: 'UTC' } });
  const chunks: Buffer[] = [];
  helm.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => {
    helm.on('close', resolve);
  });
  // A process that dies leaves questions unread; its missing answers say so.
  helm.stdin.on('error', () => undefined);
  helm.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  await ended;
  const lines = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  return lines.map((line) => {
    const { output, error } = JSON.parse(line) as { output: string; error?: string };
    return error === undefined ? { output } : { error };
  });
}
