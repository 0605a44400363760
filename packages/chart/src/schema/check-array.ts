import type { Value } from '../value/value.ts';
import { count } from './failure.ts';
import type { Failure } from './failure.ts';
import { firstDuplicates } from './json-value.ts';
import type { Schema } from './schema.ts';
import type { Checking } from './checking.ts';

/** The rules for lists. */
export function checkArray(checking: Checking, items: readonly Value[]): void {
  const { minItems, maxItems, uniqueItems, contains } = checking.schema.rules;
  if (minItems !== undefined && items.length < minItems) {
    checking.fail(`minItems: got ${count(items.length)}, want ${count(minItems)}`);
  }
  if (maxItems !== undefined && items.length > maxItems) {
    checking.fail(`maxItems: got ${count(items.length)}, want ${count(maxItems)}`);
  }
  const twins = uniqueItems === true ? firstDuplicates(items) : undefined;
  if (twins !== undefined) checking.fail(`items at ${count(twins[0])} and ${count(twins[1])} are equal`);
  checkItems(checking, items);
  if (contains !== undefined) checkContains(checking, items, contains);
}

function checkItems(checking: Checking, items: readonly Value[]): void {
  const { firstItems = [], otherItems } = checking.schema.rules;
  for (const [i, schema] of firstItems.entries()) {
    if (i < items.length) checking.checkInner(schema, items[i], String(i));
  }
  const others = Math.max(0, items.length - firstItems.length);
  if (otherItems === false && others > 0) checking.fail(`last ${count(others)} additionalItem(s) not allowed`);
  if (typeof otherItems !== 'object') return;
  for (let i = firstItems.length; i < items.length; i++) checking.checkInner(otherItems, items[i], String(i));
}

function checkContains(checking: Checking, items: readonly Value[], contains: Schema): void {
  const { minContains, maxContains } = checking.schema.rules;
  const failures: Failure[] = [];
  const matched: number[] = [];
  for (const [i, item] of items.entries()) {
    const failure = checking.inner(contains, item, String(i));
    if (failure !== undefined) failures.push(failure);
    else {
      matched.push(i);
      if (checking.schema.draft >= 2020) checking.unseen.delete(String(i));
    }
  }
  const found = `${count(matched.length)} items at ${matched.join(' ')}`;
  if (minContains === undefined) {
    if (matched.length === 0) checking.fail('no items match contains schema', failures);
  } else if (matched.length < minContains) {
    const got = matched.length === 0 ? 'none matched' : `matched ${found}`;
    checking.fail(`min ${count(minContains)} items required to match contains schema, but ${got}`, failures);
  }
  if (maxContains !== undefined && matched.length > maxContains) {
    checking.fail(`max ${count(maxContains)} items required to match contains schema, but matched ${found}`);
  }
}
