import { isRecord, type Manifest } from '../object/manifest.ts';
import { groupOf } from '../object/object-key.ts';
import type { ImageRule } from '../spec/image-rule.ts';
import type { ImageUse } from './pod-template.ts';

/** Images that stand in arguments, environment or custom resources, where the rules of their component say. */
export function ruledImages(manifest: Manifest, rules: readonly ImageRule[]): readonly ImageUse[] {
  const group = groupOf(manifest.apiVersion);
  const names = new Set([manifest.kind, `${manifest.kind}.${group}`]);
  return rules
    .filter(({ kind }) => names.has(kind))
    .flatMap(({ path, after = '' }) =>
      textsAt(manifest, selectorsOf(path), []).flatMap(({ text, at }): readonly ImageUse[] => {
        const image = text.startsWith(after) ? text.slice(after.length) : '';
        return image === '' ? [] : [{ image, path: at, before: after }];
      }),
    );
}

/** A key of a map, an index of a list, `*` for every item, or the items with a field. */
type Selector = string | number | { readonly field: string; readonly value: string };

function selectorsOf(path: string): readonly Selector[] {
  return [...path.matchAll(/((?:[^.[\]\\]|\\\.)+)|\[([^\]]*)\]/g)].map(([, key, inside = '']): Selector => {
    if (key !== undefined) return key.replaceAll('\\.', '.');
    if (inside === '*') return '*';
    const equals = inside.indexOf('=');
    if (equals === -1) return Number(inside);
    return { field: inside.slice(0, equals), value: inside.slice(equals + 1) };
  });
}

interface Found {
  readonly text: string;
  readonly at: readonly (string | number)[];
}

function textsAt(node: unknown, selectors: readonly Selector[], at: Found['at']): readonly Found[] {
  const [selector, ...rest] = selectors;
  if (selector === undefined) return typeof node === 'string' ? [{ text: node, at }] : [];
  if (Array.isArray(node)) {
    return node.flatMap((item: unknown, index) =>
      isMeant(item, index, selector) ? textsAt(item, rest, [...at, index]) : [],
    );
  }
  if (!isRecord(node) || typeof selector !== 'string') return [];
  return textsAt(node[selector], rest, [...at, selector]);
}

function isMeant(item: unknown, index: number, selector: Selector): boolean {
  if (typeof selector === 'object') return isRecord(item) && item[selector.field] === selector.value;
  return selector === '*' || selector === index;
}
