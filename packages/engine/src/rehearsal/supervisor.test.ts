import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GROUP_SUPERVISOR } from './supervisor-script.ts';
import { startSupervisor, stayingAwake, type Supervisor } from './supervisor.ts';

let directory: string;
const environment = { PATH: '/usr/bin:/bin' };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'naru-supervisor-'));
  await mkdir(join(directory, 'log'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const start = (): Promise<Supervisor> => startSupervisor({ script: GROUP_SUPERVISOR, args: [directory], environment });

/** A command that writes its pid to a file and then does `rest`. */
const noting = (file: string, rest: string): string[] => [
  'sh',
  '-c',
  `echo $$ >"$0"; ${rest}`,
  join(directory, file),
  directory,
];

async function pidIn(file: string): Promise<number> {
  return eventually(async () => {
    const pid = Number(await readFile(join(directory, file), 'utf8').catch(() => ''));
    return pid > 0 ? pid : undefined;
  });
}

async function eventually<T>(check: () => Promise<T | undefined> | T | undefined, withinMs = 5000): Promise<T> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await delay(20)) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`did not happen within ${withinMs} ms`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const isGone = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    () => true,
  );

it('ends what it started and removes the directory', async () => {
  const supervisor = await start();
  supervisor.launch('patient', noting('pid', 'exec sleep 60'));
  const pid = await pidIn('pid');
  await supervisor.stop();
  expect(isAlive(pid)).toBe(false);
  expect(isAlive(supervisor.pid)).toBe(false);
  expect(await isGone(directory)).toBe(true);
});

it('ends a process that does not want to end, at once', async () => {
  const supervisor = await start();
  supervisor.launch('stubborn', noting('pid', `trap '' TERM INT HUP; while :; do sleep 1; done`));
  const pid = await pidIn('pid');
  const before = Date.now();
  await supervisor.stop();
  expect(isAlive(pid)).toBe(false);
  expect(Date.now() - before).toBeLessThan(3000);
});

it('ends a process whose start was asked for a moment ago', async () => {
  for (let round = 0; round < 20; round += 1) {
    await mkdir(join(directory, 'log'), { recursive: true });
    const supervisor = await start();
    supervisor.launch('hasty', ['sleep', String(7_000_000 + round)]);
    await supervisor.stop();
  }
  const { stdout } = await shell('ps -axo args= | grep -c "^sleep 70000[0-9][0-9]$" || true');
  expect(stdout.trim()).toBe('0');
});

it('keeps the output and tells the exit code, before and after it is asked', async () => {
  const supervisor = await start();
  const early = supervisor.exitOf('failing');
  supervisor.launch('failing', ['sh', '-c', `echo "it's $0"; echo bad >&2; exit 7`, 'a "quoted" $word']);
  expect(await stayingAwake(early)).toBe(7);
  expect(await stayingAwake(supervisor.exitOf('failing'))).toBe(7);
  expect(await readFile(join(directory, 'log', 'failing.log'), 'utf8')).toBe(`it's a "quoted" $word\nbad\n`);
  await supervisor.stop();
});

it('tells the end of a program that does not exist', async () => {
  const supervisor = await start();
  supervisor.launch('absent', ['/nowhere/at-all']);
  expect(await stayingAwake(supervisor.exitOf('absent'))).toBe(127);
  await supervisor.stop();
});

it('tells that it is gone to those who wait for its processes', async () => {
  const supervisor = await start();
  supervisor.launch('patient', ['sleep', '60']);
  await supervisor.stop();
  supervisor.launch('late', ['sleep', '60']);
  expect(await supervisor.exitOf('late')).toBeUndefined();
});

it('is stopped once, however often it is asked', async () => {
  const supervisor = await start();
  await Promise.all([supervisor.stop(), supervisor.stop()]);
  await supervisor.stop();
  expect(await isGone(directory)).toBe(true);
});

it('refuses a line end in a command', async () => {
  const supervisor = await start();
  expect(() => supervisor.launch('broken', ['echo', 'a\nb'])).toThrow('line end');
  await supervisor.stop();
});

it('has its processes ended by us when somebody kills it alone', async () => {
  const supervisor = await start();
  supervisor.launch('patient', noting('pid', 'exec sleep 60'));
  const pid = await pidIn('pid');
  process.kill(supervisor.pid, 'SIGKILL');
  await supervisor.stop();
  await eventually(() => !isAlive(pid));
});

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('leaves nothing when we are ended by %s', async (signal) => {
  const program = join(directory, 'parent.ts');
  const module = fileURLToPath(new URL('supervisor.ts', import.meta.url));
  const script = fileURLToPath(new URL('supervisor-script.ts', import.meta.url));
  await writeFile(
    program,
    `import { startSupervisor } from ${JSON.stringify(module)};
     import { GROUP_SUPERVISOR } from ${JSON.stringify(script)};
     const supervisor = await startSupervisor({ script: GROUP_SUPERVISOR, args: [${JSON.stringify(directory)}], environment: ${JSON.stringify(environment)} });
     supervisor.launch('one', ${JSON.stringify(noting('one', 'exec sleep 60'))});
     supervisor.launch('two', ${JSON.stringify(noting('two', `trap '' TERM; while :; do sleep 1; done`))});
     setInterval(() => undefined, 1000);`,
  );
  const parent = spawn(process.execPath, [program], { stdio: 'ignore' });
  const pids = [await pidIn('one'), await pidIn('two')];
  parent.kill(signal);
  await eventually(() => !pids.some(isAlive));
  await eventually(() => isGone(directory));
});

it('does not keep a process alive that has forgotten to stop it', async () => {
  const program = join(directory, 'parent.ts');
  const module = fileURLToPath(new URL('supervisor.ts', import.meta.url));
  const script = fileURLToPath(new URL('supervisor-script.ts', import.meta.url));
  await writeFile(
    program,
    `import { startSupervisor } from ${JSON.stringify(module)};
     import { GROUP_SUPERVISOR } from ${JSON.stringify(script)};
     const supervisor = await startSupervisor({ script: GROUP_SUPERVISOR, args: [${JSON.stringify(directory)}], environment: ${JSON.stringify(environment)} });
     supervisor.launch('one', ['sleep', '60']);`,
  );
  const parent = spawn(process.execPath, [program], { stdio: 'ignore' });
  const code = await new Promise((resolve) => parent.once('exit', resolve));
  expect(code).toBe(0);
  await eventually(() => isGone(directory));
});

function shell(command: string): Promise<{ stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command]);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.once('close', () => resolve({ stdout }));
  });
}
