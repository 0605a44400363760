#!/usr/bin/env node
import { hostname } from 'node:os';
import { relative } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import type { Io } from './io.ts';
import { main } from './main.ts';

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort(new DOMException('interrupted', 'AbortError'));
});
process.on('SIGTERM', () => interrupt.abort(new DOMException('terminated', 'AbortError')));
// A reader that has seen enough, such as `head`, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const { env } = process;
const [asks, watchesData, watchesRest] = [isatty(0), isatty(1), isatty(2)];
const io: Io = {
  environment: env,
  print: (text) => void process.stdout.write(text),
  tell: (text) => void process.stderr.write(text),
  isTerminal: watchesRest && env['CI'] === undefined && env['TERM'] !== 'dumb',
  get columns() {
    // A terminal that has not been told its size says 0.
    return (watchesRest && process.stderr.columns) || 80;
  },
  get rows() {
    return (watchesRest && process.stderr.rows) || 24;
  },
  hasColor: watchesRest && watchesData && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb',
  interrupt: interrupt.signal,
  catalogFolder: relative(process.cwd(), fileURLToPath(new URL('../catalog', import.meta.url))),
  ask: asks && watchesRest ? ask : undefined,
  readInput,
  holder: `${env['USER'] ?? 'naru'}@${hostname()}:${process.pid}`,
};

async function ask(question: string): Promise<string> {
  // Loaded when somebody is asked: starting must not wait for it.
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: interrupt.signal });
  } finally {
    lines.close();
  }
}

async function readInput(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return await text(process.stdin);
}

process.exitCode = await main(process.argv.slice(2), io);
