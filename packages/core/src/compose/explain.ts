import { suggest } from '../document/suggestion.ts';
import { NaruError } from '../error/naru-error.ts';
import { chartDefaultsOf } from './chart-defaults.ts';
import type { ComposedComponent, Composition } from './composition.ts';
import { isLeaf, type Leaf, overlay, type Said, type Traced } from './traced.ts';

/** An effective value, and all that was said about it. */
export interface Explained {
  /** From the component on, such as `web.values.image.tag`; dots within a key are written `\.`. */
  readonly path: string;
  /** Strongest first: the first one is what holds. */
  readonly said: readonly [Said, ...Said[]];
}

/**
 * Explains the value at a path, or every value below it: settings, and values together with the defaults of the chart.
 * Throws `PATH_UNKNOWN` when nothing has that path.
 */
export function explain({ components }: Composition, path: string): readonly Explained[] {
  const [first = ''] = stepsOf(path);
  const component = components.find(({ name }) => name === first);
  if (component === undefined) {
    const names = components.map(({ name }) => name);
    throw unknown(path, suggest(first, names), names);
  }
  const explained = leavesOf(treeOf(component), [component.name]);
  const wanted = stepsOf(path);
  const found = explained.filter(({ steps }) => wanted.every((step, index) => steps[index] === step));
  if (found.length === 0) {
    const paths = explained.map(({ steps }) => pathOf(steps.slice(0, wanted.length)));
    throw unknown(path, suggest(path, new Set(paths)), siblingsOf(explained, wanted));
  }
  return found.map(({ steps, leaf }) => ({ path: pathOf(steps), said: [leaf, ...leaf.overrode] }));
}

function treeOf(component: ComposedComponent): Traced {
  return { settings: component.settings, values: overlay(chartDefaultsOf(component), component.values) };
}

interface Stepped {
  readonly steps: readonly string[];
  readonly leaf: Leaf;
}

function leavesOf(tree: Traced, above: readonly string[]): readonly Stepped[] {
  return Object.entries(tree).flatMap(([key, node]): readonly Stepped[] => {
    const steps = [...above, key];
    return isLeaf(node) ? [{ steps, leaf: node }] : leavesOf(node, steps);
  });
}

/** What stands beside the first step that is not there. */
function siblingsOf(explained: readonly Stepped[], wanted: readonly string[]): readonly string[] {
  let known = explained;
  for (const [index, step] of wanted.entries()) {
    const next = known.filter(({ steps }) => steps[index] === step);
    if (next.length === 0) return [...new Set(known.map(({ steps }) => pathOf(steps.slice(0, index + 1))))];
    known = next;
  }
  return [];
}

function unknown(path: string, suggestion: string | undefined, known: readonly string[]): NaruError {
  return new NaruError('PATH_UNKNOWN', { path, suggestion, known: known.join(', ') });
}

function stepsOf(path: string): readonly string[] {
  return path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
}

function pathOf(steps: readonly string[]): string {
  return steps.map((step) => step.replaceAll('.', '\\.')).join('.');
}
