import { formatFloat } from '../value/float.ts';
import { printValue } from '../value/print.ts';
import { quoteGo } from '../value/quote.ts';
import type { Value } from '../value/value.ts';

/** One thing that is wrong, and what is wrong inside of it. */
export interface Failure {
  /** `group` only holds others together; a `reference` with one cause says nothing of its own. */
  readonly kind: 'plain' | 'group' | 'reference';
  readonly at: readonly string[];
  readonly text: string;
  readonly causes: readonly Failure[];
}

/** The lines that the validator of Helm prints for `failures`, each with a line break in front. */
export function formatFailures(failures: readonly Failure[], indent = 1): string {
  return failures.map((failure) => formatFailure(failure, indent)).join('');
}

function formatFailure({ kind, at, text, causes }: Failure, indent: number): string {
  if (kind === 'reference' && causes.length === 1) return formatFailures(causes, indent);
  const line = `\n${'  '.repeat(indent - 1)}- at ${quoted(pointerOf(at))}: ${text}`;
  return line + formatFailures(causes, indent + 1);
}

/** The JSON pointer of a path. */
export function pointerOf(path: readonly string[]): string {
  return path.map((step) => `/${escapeStep(step)}`).join('');
}

export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A text in single quotes, escaped as Go escapes it. */
export function quoted(text: string): string {
  const inner = quoteGo(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

export function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join(', ');
}

/** A scalar as messages show it. */
export function shown(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'number' ? formatFloat(value) : printValue(value);
}

/** A count with commas between thousands. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number as Go's English printer writes it: `1,234.5`, and `1.2×10⁰⁶` where Go itself would write `1.2e+06`. */
export function formatNumber(value: number): string {
  const [mantissa = '', exponent] = formatFloat(value).split('e');
  if (exponent === undefined) {
    const [whole = '', fraction] = mantissa.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
  }
  const raised = exponent.slice(1).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
  return `${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${raised}`;
}
