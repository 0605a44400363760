import type { RevisionComponent } from './revision.ts';

type Part = Pick<RevisionComponent, 'name' | 'standsOn' | 'objects'>;

/**
 * What each component stands on when those are counted too that declare a namespace in which it lives: nothing can be
 * created in a namespace that is not there yet. An edge that would close a circle is left out, as nobody asked for it.
 */
export function withNamespaceEdges(components: readonly Part[]): ReadonlyMap<string, readonly string[]> {
  const edges = new Map(components.map(({ name, standsOn }): [string, readonly string[]] => [name, standsOn]));
  const declarers = declarersOf(components);
  for (const { name, objects } of components) {
    const hosts = new Set(objects.flatMap(({ manifest }) => declarers.get(manifest.metadata.namespace ?? '') ?? []));
    for (const host of hosts) {
      const standsOn = edges.get(name) ?? [];
      if (host === name || standsOn.includes(host) || reaches(host, name, edges)) continue;
      edges.set(name, [...standsOn, host].sort());
    }
  }
  return edges;
}

function declarersOf(components: readonly Part[]): ReadonlyMap<string, string> {
  const declarers = new Map<string, string>();
  for (const { name, objects } of components) {
    for (const { manifest } of objects) {
      const isFirst = manifest.kind === 'Namespace' && !declarers.has(manifest.metadata.name);
      if (isFirst) declarers.set(manifest.metadata.name, name);
    }
  }
  return declarers;
}

/** Whether `from` stands on `to`, over however many others. */
function reaches(from: string, to: string, edges: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(edges.get(name) ?? []));
  }
  return false;
}
