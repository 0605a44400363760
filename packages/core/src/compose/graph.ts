import type { Composition } from './composition.ts';

/** A component, or a provider outside the platform. */
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly isOutside: boolean;
}

/** `from` stands on `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** What `from` needs of `to`; none when it only comes after. */
  readonly capabilities: readonly string[];
}

export interface Graph {
  /** In the order of the delivery, what is outside first. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Who stands on whom in a platform, and why. */
export function graphOf({ components }: Composition): Graph {
  const outside: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const { name, standsOn, bindings } of components) {
    for (const below of standsOn) {
      const capabilities = bindings.filter(({ provider }) => provider === below).map(({ capability }) => capability);
      edges.push({ from: name, to: below, capabilities: [...new Set(capabilities)].sort() });
    }
    for (const { alias, capability, provider } of bindings) {
      if (provider !== undefined) continue;
      // No component can have this name: theirs hold no colon.
      const id = `outside:${name}.${alias}`;
      outside.push({ id, title: `${name}.${alias}`, isOutside: true });
      edges.push({ from: name, to: id, capabilities: [capability] });
    }
  }
  const inside = components.map(({ name }) => ({ id: name, title: name, isOutside: false }));
  return { nodes: [...outside, ...inside], edges };
}
