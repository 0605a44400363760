import { NAMESPACES, NaruError, type ObjectKey } from '@naru/core';
import type { ApplyEvent, Phase } from '@naru/engine';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import { messagesIn } from '../language/translations.ts';
import { EventOutput } from './event-output.ts';
import { paintFor } from './paint.ts';
import { progressFor } from './progress.ts';

const ESCAPES = /\p{Cc}\[(?:\d+A|J|\d*m)/gu;
const key = (text: string): ObjectKey => text as ObjectKey;

interface Watched {
  readonly context: Context;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function watched(language: 'en' | 'ko', world: Partial<Io> = {}): Watched {
  let [stdout, stderr] = ['', ''];
  const io: Io = {
    environment: {},
    print: (text) => (stdout += text),
    tell: (text) => (stderr += text),
    isTerminal: true,
    columns: 60,
    rows: 24,
    hasColor: false,
    interrupt: new AbortController().signal,
    catalogFolder: 'catalog',
    ask: undefined,
    readInput: async () => '',
    holder: 'tester',
    ...world,
  };
  const context = { io, language, messages: messagesIn(language), paint: paintFor(io.hasColor), typed: 'naru apply' };
  return { context, stdout: () => stdout, stderr: () => stderr };
}

const phase = (component: string, now: Phase): ApplyEvent => ({ type: 'component', component, phase: now });
const started = (...components: string[]): ApplyEvent => ({
  type: 'delivery-started',
  platform: 'shop',
  site: 'dev',
  components,
  steps: 7,
});
const LOST = new NaruError('DELIVERY_LOST', { platform: 'shop', holder: 'ann@desk:7' });

const STORY: readonly ApplyEvent[] = [
  { type: 'held', platform: 'shop', holder: 'ann@desk:7' },
  started(NAMESPACES, 'postgresql', '웹앞단'),
  phase(NAMESPACES, 'waiting'),
  phase('postgresql', 'waiting'),
  phase('웹앞단', 'waiting'),
  phase(NAMESPACES, 'applying'),
  { type: 'step-done', component: NAMESPACES, key: key('Namespace//shop'), action: 'create', reason: 'missing' },
  phase(NAMESPACES, 'done'),
  phase('postgresql', 'applying'),
  phase('postgresql', 'settling'),
  {
    type: 'object-waiting',
    component: 'postgresql',
    key: key('StatefulSet.apps/shop/postgresql-with-a-name-that-is-much-too-long-for-the-terminal'),
    status: 'InProgress',
    reason: { code: 'replicas', of: 'ready', have: 0, want: 1 },
  },
  phase('postgresql', 'done'),
  phase('웹앞단', 'applying'),
];

/** What a person sees after everything was written: the screen of a small terminal. */
function screen(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const [part] of text.matchAll(/\p{Cc}\[(?:\d+A|J|\d*m)|\n|\P{Cc}+/gu)) {
    const up = /\[(\d+)A$/.exec(part.startsWith('\u001B') ? part : '')?.[1];
    if (up !== undefined) lines.splice(Math.max(0, lines.length - 1 - Number(up)), lines.length, '');
    else if (part === '\n') lines.push('');
    else if (!part.startsWith('\u001B')) lines[lines.length - 1] += part;
  }
  return lines;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
});

describe.each(['en', 'ko'] as const)('the live picture in %s', (language) => {
  it.each([20, 40, 60, 80, 200])('has no line wider than a terminal of %d columns', (columns) => {
    const { context, stderr } = watched(language, { columns, hasColor: true });
    const progress = progressFor('text', context);

    for (const event of STORY.slice(1)) progress.listener(event);
    vi.advanceTimersByTime(1000);
    progress.stop();

    const widths = stderr()
      .replaceAll(ESCAPES, '')
      .split('\n')
      .map((line) => stringWidth(line));
    expect(Math.max(...widths)).toBeLessThan(columns);
  });

  it('redraws in place: one line for each component and one for all', async () => {
    const { context, stderr, stdout } = watched(language);
    const progress = progressFor('text', context);

    for (const event of STORY) progress.listener(event);
    vi.advanceTimersByTime(400);
    progress.stop();

    const shown = screen(stderr()).map((line) => line.trimEnd());
    expect(stdout()).toBe('');
    await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot(`../../testdata/progress/picture.${language}.txt`);
  });

  it('begins the phases of all components at the same cell', () => {
    const { context, stderr } = watched(language, { columns: 120 });
    const progress = progressFor('text', context);

    for (const event of STORY.slice(1)) progress.listener(event);
    progress.stop();

    const words = Object.values(context.messages.phases).join('|');
    const columns = screen(stderr()).flatMap((line) => {
      const [, before] = new RegExp(`^(\\S+ +)(?:${words})`).exec(line) ?? [];
      return before === undefined ? [] : [stringWidth(before)];
    });
    expect(columns.length).toBe(3);
    expect(new Set(columns).size).toBe(1);
  });
});

describe('the live picture', () => {
  it('never grows taller than the terminal, and shows what is at work', () => {
    const { context, stderr } = watched('en', { rows: 10 });
    const progress = progressFor('text', context);
    const names = Array.from({ length: 40 }, (_, index) => `c${index}`);

    progress.listener(started(...names));
    for (const name of names) progress.listener(phase(name, 'waiting'));
    for (const name of names.slice(0, 30)) progress.listener(phase(name, 'done'));
    progress.listener(phase('c35', 'applying'));
    progress.listener(phase('c33', 'failed'));
    progress.stop();

    const shown = screen(stderr()).filter((line) => line !== '');
    expect(shown.length).toBeLessThan(10);
    expect(shown.join('\n')).toMatch(/c33 .*failed[^]*c35 .*applying/);
    expect(shown.at(-1)).toContain('30 of 40 components');
  });

  it('goes on with the time while nothing happens, and no longer once it is stopped', () => {
    const { context, stderr } = watched('en');
    const progress = progressFor('text', context);
    progress.listener(started('web'));
    progress.listener(phase('web', 'settling'));

    const before = stderr().length;
    vi.advanceTimersByTime(1000);
    const after = stderr().length;
    progress.stop();
    progress.stop();
    const stopped = stderr().length;
    vi.advanceTimersByTime(1000);

    expect(after).toBeGreaterThan(before);
    expect(stderr().length).toBe(stopped);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves alone what was told while it was drawn', () => {
    const { context, stderr } = watched('en');
    const progress = progressFor('text', context);
    progress.listener(started('web'));
    progress.listener(phase('web', 'applying'));
    progress.listener({ type: 'held', platform: 'shop', holder: 'bob@desk' });
    progress.listener(phase('web', 'done'));
    progress.stop();

    expect(screen(stderr()).join('\n')).toContain('Waiting for bob@desk');
  });
});

describe('without a terminal', () => {
  it.each(['en', 'ko'] as const)('tells each event once, on a line of its own, in %s', async (language) => {
    const { context, stdout, stderr } = watched(language, { isTerminal: false });
    const progress = progressFor('text', context);

    for (const event of STORY) progress.listener(event);
    progress.listener({ type: 'component', component: '웹앞단', phase: 'failed', error: LOST });
    progress.stop();

    expect(stdout()).toBe('');
    expect(stderr()).not.toContain('\u001B');
    expect(vi.getTimerCount()).toBe(0);
    await expect(stderr()).toMatchFileSnapshot(`../../testdata/progress/lines.${language}.txt`);
  });

  it('says again what an object waits for only when that changed', () => {
    const { context, stderr } = watched('en', { isTerminal: false });
    const { listener } = progressFor('text', context);
    const wait = (have: number): ApplyEvent => ({
      type: 'object-waiting',
      component: 'web',
      key: key('Deployment.apps/shop/web'),
      status: 'InProgress',
      reason: { code: 'replicas', of: 'ready', have, want: 2 },
    });

    for (const have of [0, 0, 1, 1, 0]) listener(wait(have));

    expect(stderr()).toBe([0, 1, 0].map((have) => `web: Deployment.apps/shop/web: ${have} of 2 ready\n`).join(''));
  });

  it('lets nothing from a cluster or a chart forge a line or steer a terminal', () => {
    for (const isTerminal of [false, true]) {
      const { context, stderr } = watched('en', { isTerminal });
      const progress = progressFor('text', context);
      const evil = 'x\u001B[2J\u202Ey\nweb: done\u009B1m';

      progress.listener({ type: 'held', platform: 'shop', holder: evil });
      progress.listener(started(evil));
      progress.listener(phase(evil, 'applying'));
      progress.listener({
        type: 'object-waiting',
        component: evil,
        key: key(`Pod/${evil}/${evil}`),
        status: 'Failed',
        reason: { code: 'told', text: evil },
      });
      progress.stop();

      expect(stderr().replaceAll(ESCAPES, '')).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      expect(stderr().split('\n')).not.toContainEqual(expect.stringMatching(/^web: done/));
    }
  });
});

describe('as data', () => {
  it('prints one event a line, in the published form', () => {
    const { context, stdout, stderr } = watched('ko');
    const progress = progressFor('json', context);
    const events: readonly ApplyEvent[] = [
      ...STORY,
      { type: 'component', component: 'web', phase: 'failed', error: LOST },
      { type: 'delivery-finished', outcome: 'incomplete', elapsedMs: 12.5 },
    ];

    for (const event of events) progress.listener(event);
    progress.stop();

    const lines = stdout().split('\n').slice(0, -1);
    expect(lines.length).toBe(events.length);
    for (const line of lines) expect(EventOutput.parse(JSON.parse(line))).toEqual(JSON.parse(line));
    expect(JSON.parse(lines.at(-2) ?? '')).toMatchObject({
      error: {
        code: 'DELIVERY_LOST',
        message: expect.stringMatching(/[가-힣]/),
        remedy: expect.stringMatching(/[가-힣]/),
      },
    });
    expect(stderr()).toBe('');
  });
});
