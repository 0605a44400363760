import type { Api } from './read-api.ts';

interface Version {
  readonly minor: string;
  readonly api: Api;
}

/**
 * Several minor versions in one table. What a version added or dropped carries ` since-until`, counted from the first version that
 * is known; everything else is the same in all of them.
 */
export function mergeApis(versions: readonly Version[]): Readonly<Record<string, unknown>> {
  const kinds = merged(
    versions.map(
      ({ api }) =>
        new Map([...api.kinds].map(([key, { type, namespaced }]) => [key, `${namespaced ? 'n' : 'c'} @${type}`])),
    ),
  );
  const names = new Set(versions.flatMap(({ api }) => [...api.types.keys()]));
  const types = [...names].toSorted().map((name) => {
    const present = versions.map(({ api }) => api.types.get(name));
    // A type that a version does not have says nothing about its fields there: whoever refers to it carries the versions.
    const nearest = present.map(
      (fields, index) => fields ?? present.slice(index).find(Boolean) ?? present.slice(0, index).findLast(Boolean),
    );
    return [name, Object.fromEntries(merged(nearest.map((fields) => fields ?? new Map())))];
  });
  return {
    versions: versions.map(({ minor }) => minor),
    kinds: Object.fromEntries(kinds),
    types: Object.fromEntries(types),
  };
}

/** The value of the newest version that has the key, and the versions that have it unless all do. */
function merged(columns: readonly ReadonlyMap<string, string>[]): readonly (readonly [string, string])[] {
  const keys = new Set(columns.flatMap((column) => [...column.keys()].map((key) => key.replace(/!$/, ''))));
  return [...keys].toSorted().map((bare) => {
    const has = columns.map((column) => column.has(bare) || column.has(`${bare}!`));
    const newest = columns[has.lastIndexOf(true)];
    const key = newest?.has(`${bare}!`) === true ? `${bare}!` : bare;
    const range = has.every(Boolean) ? '' : ` ${has.indexOf(true)}-${has.lastIndexOf(true)}`;
    return [key, `${newest?.get(key) ?? 'o'}${range}`];
  });
}
