import type { Value } from '../value/value.ts';
import { count, formatNumber, quoted } from './failure.ts';
import { isMultiple, numberOf } from './json-value.ts';
import type { Checking } from './checking.ts';

/** The rules for texts; their length counts characters. */
export function checkText(checking: Checking, text: string): void {
  const { minLength, maxLength, pattern } = checking.schema.rules;
  const length = minLength === undefined && maxLength === undefined ? 0 : [...text].length;
  if (minLength !== undefined && length < minLength) {
    checking.fail(`minLength: got ${count(length)}, want ${count(minLength)}`);
  }
  if (maxLength !== undefined && length > maxLength) {
    checking.fail(`maxLength: got ${count(length)}, want ${count(maxLength)}`);
  }
  if (pattern !== undefined && !pattern.matches(text)) {
    checking.fail(`${quoted(text)} does not match pattern ${quoted(pattern.source)}`);
  }
}

/** The rules for numbers. */
export function checkNumber(checking: Checking, value: Value): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = checking.schema.rules;
  const number = numberOf(value) ?? 0;
  const limit = (name: string, wanted: number | undefined, isBroken: (wanted: number) => boolean): void => {
    if (wanted === undefined || !isBroken(wanted)) return;
    checking.fail(`${name}: got ${formatNumber(number)}, want ${formatNumber(wanted)}`);
  };
  limit('minimum', minimum, (least) => number < least);
  limit('maximum', maximum, (most) => number > most);
  limit('exclusiveMinimum', exclusiveMinimum, (below) => number <= below);
  limit('exclusiveMaximum', exclusiveMaximum, (above) => number >= above);
  limit('multipleOf', multipleOf, (of) => !isMultiple(value, of));
}
