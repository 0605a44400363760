import type { ReadTrace, ValuePath } from '@naru/chart';
import { originAt } from '../compose/settings.ts';
import { suggest } from '../document/suggestion.ts';
import { NaruError } from '../error/naru-error.ts';
import { findingOf } from '../finding/finding.ts';
import type { Check } from './checking.ts';

/**
 * Values that no template of the chart can read, whatever else is set: misspelt ones, and those that a newer chart has given up.
 *
 * What some template names in a branch that this site does not take is no finding.
 */
export const unreadValues: Check = ({ composition, reads }) =>
  composition.components.flatMap((component) => {
    const trace = reads.get(component.name);
    return (trace?.unread ?? [])
      .filter(({ isNamed }) => !isNamed)
      .map(({ path }) => {
        const details = { component: component.name, value: path.join('.'), suggestion: nearest(path, trace) };
        const place = originAt(component.values, path) ?? component.place;
        return findingOf(new NaruError('VALUE_UNREAD', details, { place }), 'warning');
      });
  });

/** The value beside it that is read and has nearly its name. */
function nearest(path: ValuePath, trace: ReadTrace | undefined): string | undefined {
  const parent = path.slice(0, -1).join('\0');
  const siblings = (trace?.reads ?? [])
    .filter(({ path: read }) => read.length >= path.length && read.slice(0, path.length - 1).join('\0') === parent)
    .map(({ path: read }) => String(read[path.length - 1]));
  return suggest(String(path.at(-1)), new Set(siblings));
}
