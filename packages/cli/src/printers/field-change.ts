import type { FieldChange } from '@naru/core';
import type { Context } from '../context.ts';
import { plain, plainLine } from './plain.ts';
import { fit } from './table.ts';

const LONGEST_VALUE = 72;
/** What stays in front of the first difference of two long values. */
const KEPT_CONTEXT = 12;

/** A field before and after; texts of several lines are compared line by line. */
export function fieldChangeText({ path, before, after }: FieldChange, { paint }: Pick<Context, 'paint'>): string {
  const present = [before, after].filter((value) => value !== undefined);
  const areTexts = present.every((value) => typeof value === 'string');
  const lines =
    areTexts && present.some((text) => text.includes('\n')) ? lineDiff(linesOf(before), linesOf(after), paint) : '';
  if (lines !== '') return `      ${plainLine(path)}:\n${lines}`;
  const [left, right] = told(before, after);
  return `      ${plainLine(path)}: ${left} → ${right}\n`;
}

function linesOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.replace(/\n$/, '').split('\n') : [];
}

/** The lines that differ, between the common beginning and the common end. */
function lineDiff(left: readonly string[], right: readonly string[], paint: Context['paint']): string {
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const gone = left.slice(start, left.length - end).map((line) => `        ${paint.red(`- ${plain(line)}`)}\n`);
  const come = right.slice(start, right.length - end).map((line) => `        ${paint.green(`+ ${plain(line)}`)}\n`);
  return [...gone, ...come].join('');
}

/** Both values on one line; two long ones that begin alike are cut to where they differ. */
function told(before: unknown, after: unknown): readonly [string, string] {
  const [left, right] = [written(before), written(after)];
  let same = 0;
  if (left.length > LONGEST_VALUE || right.length > LONGEST_VALUE) {
    while (same < Math.min(left.length, right.length) && left[same] === right[same]) same += 1;
  }
  const start = same <= KEPT_CONTEXT ? 0 : same - KEPT_CONTEXT;
  const cut = (text: string): string => fit(start === 0 ? text : `…${text.slice(start)}`, LONGEST_VALUE);
  return [cut(left), cut(right)];
}

/** A text that could be taken for something else is quoted: an empty one, one that reads as a number, one with edges. */
const AMBIGUOUS = /^$|^(?:true|false|null|[-+]?[\d.]+(?:e[-+]?\d+)?)$|^["{[∅\s]|\s$|\n/i;

function written(value: unknown): string {
  if (value === undefined) return '∅';
  return plainLine(typeof value === 'string' && !AMBIGUOUS.test(value) ? value : JSON.stringify(value));
}
