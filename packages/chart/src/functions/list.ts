import { deepEqual } from '../value/equal.ts';
import { isTrue, kindOf } from '../value/kind.ts';
import { printValue } from '../value/print.ts';
import { compareText } from '../value/utf8.ts';
import { asList, Int, nilList, stringList, TypedList } from '../value/value.ts';
import type { Value, ValueList } from '../value/value.ts';
import { boundedSize, count, listOr, toInteger, toText, toTexts } from './cast.ts';
import { fixed, refuse, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

/** sprig's `empty`: what is false for a template, except that a struct never is. */
function isEmpty(value: Value): boolean {
  return !isTrue(value);
}

/** Integers in one list; the text of a function may be longer. */
const MAX_ENTRIES = 1_000_000;

function unique(list: ValueList): ValueList {
  // What is equal prints the same: only that is compared, so that the time grows with the list and not with its square.
  const alike = new Map<string, ValueList>();
  return list.filter((item) => {
    const printed = printValue(item);
    const others = alike.get(printed) ?? [];
    alike.set(printed, others);
    return !others.some((other) => deepEqual(item, other)) && others.push(item) > 0;
  });
}

function chunk(size: number, list: ValueList): ValueList {
  // sprig divides as floats do, so that a negative size fits lists that it does not exceed.
  const chunkCount = Math.floor((list.length - 1) / size) + 1;
  const last = list.length % size || size;
  if (!(chunkCount >= 0 && chunkCount < Infinity) || (chunkCount > 0 && last < 0)) {
    refuse('runtime error: makeslice: len out of range');
  }
  if (size < 0) return new TypedList('[][]interface {}', chunkCount === 0 ? [] : [list.slice(0, last)]);
  const chunks: ValueList = [];
  for (let i = 0; i < list.length; i += size) chunks.push(list.slice(i, i + size));
  return new TypedList('[][]interface {}', chunks);
}

function slice([value, from, to]: readonly Value[], given: number): Value {
  const list = listOr(value, 'list should be type of slice or array but', kindOf(value));
  if (list.length === 0) return null;
  const start = given > 1 ? Number(toInteger(from)) : 0;
  const end = given > 2 ? Number(toInteger(to)) : list.length;
  if (start < 0 || end < start || end > list.length) refuse('reflect.Value.Slice: slice index out of bounds');
  const part = list.slice(start, end);
  return list instanceof TypedList ? new TypedList(list.type, part) : part;
}

function concat(lists: readonly Value[]): Value {
  const all = lists.flatMap((item) => listOr(item, 'Cannot concat type', `${kindOf(item)} as list`));
  return all.length === 0 ? nilList() : all;
}

function until(start: number, stop: number, step: number): ValueList {
  const list: ValueList = [];
  if (step === 0 || stop > start !== step > 0) return list;
  boundedSize(Math.ceil((stop - start) / step), MAX_ENTRIES);
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) list.push(new Int(i));
  return list;
}

function integers(list: ValueList): TypedList {
  return new TypedList('[]int', list);
}

function seq(params: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = params;
  if (params.length === 0 || params.length > 3) return '';
  const start = params.length === 1 ? 1 : first;
  const end = params.length === 1 ? first : params.length === 2 ? second : third;
  const down = end < start;
  if (params.length === 3 && down && second > 0) return '';
  const step = params.length === 3 ? second : down ? -1 : 1;
  return until(start, end + (down ? -1 : 1), step)
    .map(toText)
    .join(' ');
}

function has(needle: Value, haystack: Value): Value {
  if (haystack === null || haystack === undefined) return false;
  return listOr(haystack, 'Cannot find has on type', kindOf(haystack)).some((item) => deepEqual(needle, item));
}

/** A function of one list, under its name and its `must` name. */
function onList(name: string, change: (list: ValueList) => Value): FunctionTable {
  const table = fixed(['any'], ([value]) => {
    const article = name === 'compact' ? 'Cannot compact on type' : `Cannot find ${name} on type`;
    return change(listOr(value, article, kindOf(value)));
  });
  return { [name]: table, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: table };
}

const push = fixed(['any', 'any'], ([list, item]) => [...listOr(list, 'Cannot push on type', kindOf(list)), item]);
const prepend = fixed(['any', 'any'], ([list, item]) => [
  item,
  ...listOr(list, 'Cannot prepend on type', kindOf(list)),
]);
const without = variadic(['any'], 'any', ([list, ...omit]) =>
  listOr(list, 'Cannot find without on type', kindOf(list)).filter((item) => !omit.some((o) => deepEqual(o, item))),
);
const hasItem = fixed(['any', 'any'], ([needle, haystack]) => has(needle, haystack));
const chunkList = fixed(['int', 'any'], (args) =>
  chunk(count(args, 0), listOr(args[1], 'Cannot chunk type', kindOf(args[1]))),
);
const sliceList = variadic(['any'], 'any', (args) => slice(args, args.length));
const list = variadic([], 'any', (args) => [...args]);

/** sprig's functions on lists. None changes the list that it is given. */
export const LIST: FunctionTable = {
  list,
  tuple: list,
  append: push,
  push,
  mustAppend: push,
  mustPush: push,
  prepend,
  mustPrepend: prepend,
  without,
  mustWithout: without,
  has: hasItem,
  mustHas: hasItem,
  chunk: chunkList,
  mustChunk: chunkList,
  slice: sliceList,
  mustSlice: sliceList,
  ...onList('first', (items) => items[0]),
  ...onList('last', (items) => items.at(-1)),
  ...onList('rest', (items) => (items.length === 0 ? nilList() : items.slice(1))),
  ...onList('initial', (items) => (items.length === 0 ? nilList() : items.slice(0, -1))),
  ...onList('reverse', (items) => items.toReversed()),
  ...onList('uniq', unique),
  ...onList('compact', (items) => items.filter((item) => !isEmpty(item))),
  concat: variadic([], 'any', concat),
  sortAlpha: fixed(['any'], ([value]) =>
    stringList(asList(value) === undefined ? [toText(value)] : toTexts(value).sort(compareText)),
  ),
  until: fixed(['int'], (args) => integers(until(0, count(args, 0), count(args, 0) < 0 ? -1 : 1))),
  untilStep: fixed(['int', 'int', 'int'], (args) => integers(until(count(args, 0), count(args, 1), count(args, 2)))),
  seq: variadic([], 'int', (args) => seq(args.map((_, i) => count(args, i)))),
};
