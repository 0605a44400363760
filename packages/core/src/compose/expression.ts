import { Environment } from '@marcbachmann/cel-js';
import type { Document, Path } from '../document/document.ts';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';

/** What expressions see: no clock, no environment, no network. */
export interface Scope {
  readonly platform: Readonly<Record<string, unknown>>;
  readonly site: Readonly<Record<string, unknown>>;
  readonly component: Readonly<Record<string, unknown>>;
  readonly needs: Readonly<Record<string, unknown>>;
  /** Where each secret stands, never what it holds. */
  readonly secrets: Readonly<Record<string, unknown>>;
}

export interface Resolved<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

/** What YAML may mix in one list, an expression may too. */
const CEL = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

const OPENING = '${{';
const CLOSING = '}}';

/**
 * Answers every `${{ … }}` of a tree with its CEL value. A text that is one whole expression keeps the value's type;
 * among other text, only strings, numbers and booleans have a place.
 *
 * An expression that fails is a finding at its place, and its text stays as it was. It ends at the first `}}`: nested
 * CEL maps need a space between their braces.
 */
export function resolveExpressions(
  tree: Readonly<Record<string, unknown>>,
  scope: Scope,
  at: { readonly document: Document; readonly path: Path },
): Resolved<Readonly<Record<string, unknown>>> {
  const findings: Finding[] = [];
  const { secrets, ...facts } = scope;
  const visible = {
    ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, toCel(value)])),
    // As they are: reading a secret is using it, and a copy would read them all.
    secrets,
  };
  const resolve = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index]));
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key])]));
    }
    return typeof value === 'string' ? resolveText(value, path) : value;
  };
  const resolveText = (text: string, path: Path): unknown => {
    try {
      return answerText(text, visible);
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
      const place = at.document.placeOf(path);
      findings.push(
        findingOf(new NaruError('EXPRESSION_FAILED', { expression: text, reason }, { place, cause: error })),
      );
      return text;
    }
  };
  const value = Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, resolve(item, [...at.path, key])]));
  return { value, findings };
}

/** Walks by `indexOf`: a text of many openings without an end would take a regular expression quadratic time. */
function answerText(text: string, visible: unknown): unknown {
  const trimmed = text.trim();
  if (trimmed.startsWith(OPENING) && trimmed.indexOf(CLOSING) === trimmed.length - CLOSING.length) {
    return answer(trimmed.slice(OPENING.length, -CLOSING.length), visible);
  }
  const parts: string[] = [];
  let done = 0;
  for (let open = text.indexOf(OPENING); open !== -1; open = text.indexOf(OPENING, done)) {
    const close = text.indexOf(CLOSING, open);
    if (close === -1) throw new TypeError(`${CLOSING} is missing`);
    parts.push(text.slice(done, open), spelled(answer(text.slice(open + OPENING.length, close), visible)));
    done = close + CLOSING.length;
  }
  return done === 0 ? text : [...parts, text.slice(done)].join('');
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`${value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a map'} does not fit into text`);
}

function answer(expression: string, visible: unknown): unknown {
  return fromCel(CEL.evaluate(expression.trim(), isRecord(visible) ? { ...visible } : {}));
}

/** CEL tells `1` from `1.0`; JavaScript does not, so whole numbers travel as integers. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map((item) => toCel(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
}

/** Refuses what YAML has no value for, such as timestamps and bytes. */
function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((item) => fromCel(item));
  if (!isRecord(value)) return value;
  if (!isPlain(value)) throw new TypeError(`${value.constructor.name} is no value of YAML; convert it with string()`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromCel(item)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
