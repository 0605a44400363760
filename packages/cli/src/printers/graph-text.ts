import type { Graph, GraphEdge, GraphNode } from '@naru/core';
import type { Messages } from '../language/messages.ts';
import { plainLine } from './plain.ts';

/** The graph as trees: who stands on nobody's behalf is a root, and what it stands on hangs below it. */
export function graphTree({ nodes, edges }: Graph, { composed }: Messages): string {
  const titles = new Map(nodes.map((node) => [node.id, node]));
  const below = Map.groupBy(edges, ({ from }) => from);
  const carried = new Set(edges.map(({ to }) => to));
  const shown = new Set<string>();
  const lines: string[] = [];
  const walk = (node: GraphNode, { lead, edge }: { readonly lead: string; readonly edge: string }): void => {
    const inside = below.get(node.id) ?? [];
    const isRepeated = shown.has(node.id) && inside.length > 0;
    const notes = [...(node.isOutside ? [composed.outside] : []), ...(isRepeated ? [composed.seeAbove] : [])];
    lines.push(`${edge}${plainLine(node.title)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}\n`);
    shown.add(node.id);
    if (isRepeated) return;
    for (const [index, { to, capabilities }] of inside.entries()) {
      const next = titles.get(to);
      if (next === undefined) continue;
      const isLast = index === inside.length - 1;
      const why = capabilities.length === 0 ? composed.standsOn : capabilities.map(plainLine).join(', ');
      walk(next, { lead: lead + (isLast ? '   ' : '│  '), edge: `${lead}${isLast ? '└─' : '├─'} ${why}: ` });
    }
  };
  for (const node of nodes) if (!carried.has(node.id)) walk(node, { lead: '', edge: '' });
  return lines.join('');
}

/** The graph for Markdown pages that draw Mermaid; arrows point at what is stood on. */
export function graphMermaid({ nodes, edges }: Graph): string {
  // Mermaid takes few characters in its names, and some words mean something to it.
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const boxes = nodes.map(({ id, title, isOutside }) => {
    const label = `"${escaped(title)}"`;
    return `  ${names.get(id)}${isOutside ? `([${label}])` : `[${label}]`}\n`;
  });
  const arrows = edges.map((edge) => `  ${names.get(edge.from)} ${arrow(edge)} ${names.get(edge.to)}\n`);
  return ['flowchart LR\n', ...boxes, ...arrows].join('');
}

function arrow({ capabilities }: GraphEdge): string {
  return capabilities.length === 0 ? '-.->' : `-->|"${escaped(capabilities.join(', '))}"|`;
}

function escaped(text: string): string {
  return plainLine(text).replaceAll(/[#"<>]/g, (character) => `#${character.charCodeAt(0)};`);
}
