import type { ApplyEvent, Phase } from '@naru/engine';
import { type StatusReason, wordReason } from '@naru/core';
import type { Context } from '../context.ts';
import { duration } from './duration.ts';
import { errorText } from './error-text.ts';
import type { DeliveryEventOutput } from './event-output.ts';
import { jsonLine, plainLine } from './plain.ts';
import { componentTitle } from './plan-text.ts';
import { fit, pad, widest } from './table.ts';

/** Shows a delivery while it happens. */
export interface Progress {
  readonly listener: (event: ApplyEvent) => void;
  /** Leaves the last state on the screen and stops drawing. */
  readonly stop: () => void;
}

const REDRAW_MS = 200;
const BAR_WIDTH = 24;

/** One event a line as data, one event a line as text, or a live picture: by who is looking. */
export function progressFor(output: 'text' | 'json', context: Context): Progress {
  if (output === 'json')
    return {
      listener: (event) => context.io.print(jsonLine(eventJson(event, context))),
      stop: () => undefined,
    };
  return context.io.isTerminal ? livePicture(context) : eventLines(context);
}

function eventJson(event: ApplyEvent, { language }: Context): DeliveryEventOutput {
  if (event.type !== 'component') return event;
  const { error, ...rest } = event;
  if (error === undefined) return rest;
  return {
    ...rest,
    error: { code: error.code, message: error.messageIn(language), remedy: error.remedyIn(language) },
  };
}

/** For logs: nothing moves, nothing is repeated. */
function eventLines(context: Context): Progress {
  const { io, messages, language } = context;
  const line = (component: string, text: string): void => io.tell(`${componentTitle(component, context)}: ${text}\n`);
  /** What each object was last said to wait for. */
  const told = new Map<string, string>();
  const tellOnce = (event: Extract<ApplyEvent, { type: 'object-waiting' }>): void => {
    const text = waiting(event, language);
    if (told.get(event.key) !== text) line(event.component, text);
    told.set(event.key, text);
  };
  return {
    stop: () => undefined,
    listener: (event) => {
      switch (event.type) {
        case 'held':
          io.tell(`${messages.held(plainLine(event.holder))}\n`);
          break;
        case 'component':
          if (event.phase !== 'waiting') line(event.component, messages.phases[event.phase]);
          if (event.error !== undefined) io.tell(errorText(event.error, context));
          break;
        case 'step-done':
          line(event.component, `${messages.actions[event.action]} ${plainLine(event.key)}`);
          break;
        case 'object-waiting':
          tellOnce(event);
          break;
        case 'delivery-started':
        case 'delivery-finished':
          break;
      }
    },
  };
}

interface Row {
  phase: Phase;
  detail: string;
  startedAt: number | undefined;
  elapsedMs: number | undefined;
}

/** One line per component that changes in place, an overall bar, and the time. */
function livePicture(context: Context): Progress {
  const { io, messages, language } = context;
  const rows = new Map<string, Row>();
  const startedAt = performance.now();
  let drawn = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const draw = (): void => {
    const lines = picture(rows, performance.now() - startedAt, context);
    // Up over what was drawn, then clear to the end of the screen: a resized terminal heals at the next draw.
    io.tell(`${drawn === 0 ? '' : `\u001B[${drawn}A`}\u001B[J${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const onComponent = ({ component, phase }: Extract<ApplyEvent, { type: 'component' }>): void => {
    const row = rows.get(component) ?? { phase, detail: '', startedAt: undefined, elapsedMs: undefined };
    const now = performance.now();
    if (phase !== 'waiting' && phase !== 'blocked') row.startedAt ??= now;
    if (phase === 'done' || phase === 'failed') row.elapsedMs = now - (row.startedAt ?? now);
    rows.set(component, Object.assign(row, { phase, detail: '' }));
  };
  const detail = (component: string, text: string): void => {
    const row = rows.get(component);
    if (row !== undefined) row.detail = text;
  };
  return {
    listener: (event) => {
      if (event.type === 'held') {
        io.tell(`${messages.held(plainLine(event.holder))}\n`);
        drawn = 0;
      }
      if (event.type === 'delivery-started') timer ??= setInterval(draw, REDRAW_MS);
      if (event.type === 'component') onComponent(event);
      if (event.type === 'step-done') detail(event.component, plainLine(event.key));
      if (event.type === 'object-waiting') detail(event.component, waiting(event, language));
      if (drawn > 0 || event.type === 'component') draw();
    },
    stop: () => {
      clearInterval(timer);
      if (drawn > 0) draw();
      drawn = 0;
    },
  };
}

function waiting(
  { key, reason }: { readonly key: string; readonly reason: StatusReason },
  language: Context['language'],
): string {
  return `${plainLine(key)}: ${plainLine(wordReason(reason, language))}`;
}

/** The lines of one picture. None is wider than the terminal and all fit above each other: what wraps or scrolls cannot be redrawn. */
function picture(rows: ReadonlyMap<string, Row>, elapsedMs: number, context: Context): readonly string[] {
  const { io, messages } = context;
  const widths = {
    name: widest([...rows.keys()].map((component) => componentTitle(component, context))),
    phase: widest(Object.values(messages.phases)),
  };
  const lines = visible(rows, Math.max(1, io.rows - 2)).map(([component, row]) => {
    const name = pad(componentTitle(component, context), widths.name);
    return rowText(`${name}  ${pad(messages.phases[row.phase], widths.phase)}`, row, context);
  });
  const done = [...rows.values()].filter(({ phase }) => phase === 'done').length;
  const filled = rows.size === 0 ? 0 : Math.round((done / rows.size) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  return [...lines, fit(`${bar} ${messages.progress(done, rows.size, duration(elapsedMs))}`, io.columns - 1)];
}

function rowText(head: string, { phase, detail, elapsedMs }: Row, { io, paint }: Context): string {
  const tail = elapsedMs === undefined ? detail : duration(elapsedMs);
  const text = fit(`${head}  ${tail}`.trimEnd(), io.columns - 1);
  const colours: Partial<Record<Phase, (text: string) => string>> = {
    done: paint.green,
    failed: paint.red,
    blocked: paint.red,
  };
  return (colours[phase] ?? paint.cyan)(text);
}

/** What a person looks for first, when not all fit. */
const RANK: Readonly<Record<Phase, number>> = {
  failed: 0,
  settling: 1,
  applying: 1,
  removing: 1,
  blocked: 2,
  waiting: 3,
  done: 4,
};

/** As many rows as there is room for, in their order; the bar counts the others. */
function visible(rows: ReadonlyMap<string, Row>, room: number): readonly (readonly [string, Row])[] {
  const chosen = [...rows].sort(([, a], [, b]) => RANK[a.phase] - RANK[b.phase]).slice(0, room);
  const names = new Set(chosen.map(([name]) => name));
  return [...rows].filter(([name]) => names.has(name));
}
