/**
 * What a function does to the containers that it is given:
 * - `looks`: passes them on, stores them or asks no more than whether they are empty; what is in them is read later or never.
 * - `steps`: goes to certain keys.
 * - `spreads`: puts the elements of lists into a new list, or gives one of them.
 * - `opens`: the same with maps.
 * - `picks`: gives a map with some of its keys.
 * - `copies`: gives a copy of all of it.
 * - `merges`: lays further maps on the first.
 * - `counts`: asks how much is in them.
 * - `consumes`: may look at everything; so does every function that is not named here.
 */
export type FunctionReads =
  | 'looks'
  | 'steps'
  | 'spreads'
  | 'opens'
  | 'picks'
  | 'copies'
  | 'merges'
  | 'counts'
  | 'consumes';

const NAMES: Readonly<Record<Exclude<FunctionReads, 'consumes'>, string>> = {
  looks:
    'and or not default coalesce ternary empty any all required include tpl dict list tuple set unset kindOf kindIs typeOf typeIs typeIsLike',
  steps: 'index get hasKey pluck dig',
  spreads:
    'append push mustAppend mustPush prepend mustPrepend concat first mustFirst last mustLast rest mustRest initial mustInitial ' +
    'reverse mustReverse compact mustCompact uniq mustUniq without mustWithout slice mustSlice chunk mustChunk sortAlpha',
  opens: 'keys values',
  picks: 'pick omit',
  copies: 'deepCopy mustDeepCopy',
  merges: 'merge mustMerge mergeOverwrite mustMergeOverwrite',
  counts: 'len',
};

const READS: ReadonlyMap<string, FunctionReads> = new Map(
  (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((reads) =>
    NAMES[reads].split(' ').map((name): [string, FunctionReads] => [name, reads]),
  ),
);

/** How the template function `name` reads its arguments. */
export function readsOfFunction(name: string): FunctionReads {
  return READS.get(name) ?? 'consumes';
}

/** Whether the function `name` goes through all of what it is given, so that the time it takes depends on that. */
export function goesThroughAll(name: string): boolean {
  return ['copies', 'merges', 'consumes'].includes(readsOfFunction(name));
}
