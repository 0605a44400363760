import { RE2JS, RE2JSException } from 're2js';
import { refuse } from './define.ts';
import { compileGoRegExp } from './go-regexp.ts';

/** A compiled expression: whether it is in a text, and every match as `String.matchAll` gives them. */
export interface GoRegExp {
  readonly test: (text: string) => boolean;
  readonly matchAll: (text: string) => Iterable<RegExpExecArray>;
}

/** Steps that the machine's own engine may need at the worst; it makes some hundred millions in a second. */
const MOST_STEPS = 10_000_000;
const MOST_OPTIONS = 8;

const cache = new Map<string, GoRegExp>();
const MAX_KEPT = 1000;

/**
 * Go's regular expressions take time in proportion to the text; those of JavaScript machines go back and try again,
 * and `(a+)+$` can keep them busy for ever. So an expression whose shape allows that is given to a linear engine, and
 * any other one too when the text is so long that going back could take noticeable time. Refuses what Go refuses.
 */
export function goRegExp(pattern: string): GoRegExp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const quick = compileGoRegExp(pattern);
  const power = worstPower(pattern);
  const isCostly = (text: string): boolean => text.length ** power > MOST_STEPS;
  let linear: RE2JS | undefined;
  const compiled: GoRegExp = {
    test: (text) => {
      if (isCostly(text)) return (linear ??= compileLinear(pattern)).test(text);
      // A search starts where `lastIndex` stands, and the expression is kept for later ones.
      quick.lastIndex = 0;
      const isFound = quick.test(text);
      quick.lastIndex = 0;
      return isFound;
    },
    // Its matches have an index as the machine's own have; only their type does not say so.
    matchAll: (text) =>
      isCostly(text)
        ? ((linear ??= compileLinear(pattern)).matchAll(text) as Iterable<RegExpExecArray>)
        : text.matchAll(quick),
  };
  if (cache.size >= MAX_KEPT) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function compileLinear(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return refuse(error.message);
  }
}

/**
 * With which power of the text's length the time of a search can grow at the worst: one for where a match may start,
 * one for each repetition. A repetition of something that repeats or chooses itself has no such power.
 */
function worstPower(pattern: string): number {
  const simple = pattern.replace(/\\Q.*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\w+:\]|[^\]\\])*\]/g, 'x');
  const groups: { isVaried: boolean }[] = [{ isVaried: false }];
  let repetitions = 0;
  let options = 0;
  for (const [, token = '', quantifier = ''] of simple.matchAll(/(\(\?[^:)]*[:)]?|[^])([*+?]|\{\d+(?:,\d*)?\})?/g)) {
    const closed = token === ')' ? groups.pop() : undefined;
    if (token.startsWith('(') && !token.endsWith(')')) groups.push({ isVaried: false });
    const around = groups.at(-1);
    if (around === undefined) return 1;
    if (token === '|' || closed?.isVaried === true || quantifier !== '') around.isVaried = true;
    if (quantifier === '?') options++;
    else if (quantifier !== '') {
      if (closed?.isVaried === true) return Infinity;
      repetitions++;
    }
  }
  return options > MOST_OPTIONS ? Infinity : 1 + repetitions;
}
