import type { Graph, GraphNode } from '@naru/core';
import { type GraphLayout, layoutGraph, type Spot } from './graph-layout.ts';
import { plainLine } from './plain.ts';
import { widest } from './table.ts';

/** Pixels. */
const CHARACTER = 8;
const BOX_HEIGHT = 32;
const ROW = 64;
const MARGIN = 24;
const LEAST_GAP = 80;
const LABEL_HEIGHT = 14;
const LABEL_RISE = 4;

const STYLE = `
  text { font: 13px ui-monospace, monospace; fill: #1f2933; }
  .why { font-size: 11px; fill: #52606d; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
  rect { fill: #f0f4f8; stroke: #486581; }
  .outside { fill: #fff; stroke-dasharray: 4 3; }
  path { fill: none; stroke: #829ab1; stroke-width: 1.5; }
  .after { stroke-dasharray: 4 3; }
`;

/** A picture of the graph, read from left to right in the order of the delivery. */
export function graphSvg(graph: Graph): string {
  const layout = layoutGraph(graph);
  const boxWidth = widest(graph.nodes.map(({ title }) => plainLine(title))) * CHARACTER + 2 * CHARACTER;
  const labels = graph.edges.map(({ capabilities }) => plainLine(capabilities.join(', ')));
  const step = boxWidth + Math.max(LEAST_GAP, widest(labels) * CHARACTER);
  const x = ({ column }: Spot): number => MARGIN + column * step;
  const y = ({ row }: Spot): number => MARGIN + BOX_HEIGHT / 2 + row * ROW;
  const frame = { boxWidth, x, y };
  const width = 2 * MARGIN + Math.max(0, layout.columns - 1) * step + boxWidth;
  const height = 2 * MARGIN + Math.max(0, layout.rows - 1) * ROW + BOX_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">\n`,
    `<style>${STYLE}</style>\n`,
    '<rect x="0" y="0" width="100%" height="100%" style="fill:#fff;stroke:none"/>\n',
    ...layout.routes.map((route) => routeSvg(route, frame)),
    labelsSvg(layout.routes, frame),
    ...graph.nodes.map((node) => nodeSvg(node, layout.spots.get(node.id), frame)),
    '</svg>\n',
  ].join('');
}

interface Frame {
  readonly boxWidth: number;
  readonly x: (spot: Spot) => number;
  readonly y: (spot: Spot) => number;
}

function nodeSvg({ title, isOutside }: GraphNode, spot: Spot | undefined, { boxWidth, x, y }: Frame): string {
  if (spot === undefined) return '';
  const at = `x="${x(spot)}" y="${y(spot) - BOX_HEIGHT / 2}" width="${boxWidth}" height="${BOX_HEIGHT}" rx="6"`;
  const text = `<text x="${x(spot) + boxWidth / 2}" y="${y(spot) + 4}" text-anchor="middle">${escaped(title)}</text>`;
  return `<rect${isOutside ? ' class="outside"' : ''} ${at}/>${text}\n`;
}

function routeSvg({ edge, spots }: GraphLayout['routes'][number], { boxWidth, x, y }: Frame): string {
  const [first, ...rest] = spots;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const curves: string[] = [];
  let [fromX, fromY] = [x(first) + boxWidth, y(first)];
  for (const spot of rest) {
    const [toX, toY] = [x(spot), y(spot)];
    const middle = (fromX + toX) / 2;
    // A line passes the columns between as a straight piece of a box's width.
    const through = spot === last ? '' : ` H${toX + boxWidth}`;
    curves.push(`C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}${through}`);
    [fromX, fromY] = [toX + boxWidth, toY];
  }
  const className = edge.capabilities.length === 0 ? ' class="after"' : '';
  return `<path${className} d="M${x(first) + boxWidth} ${y(first)}${curves.join('')}"/>\n`;
}

/** The reasons of the lines: on the straight piece of a long line, else in its middle, and below a reason that is there. */
function labelsSvg(routes: GraphLayout['routes'], { boxWidth, x, y }: Frame): string {
  const taken = new Map<number, number[]>();
  return routes
    .map(({ edge, spots: [first, next, ...beyond] }) => {
      const text = edge.capabilities.join(', ');
      if (text === '' || first === undefined || next === undefined) return '';
      const at =
        beyond.length > 0
          ? { left: x(next) + boxWidth / 2, top: y(next) - LABEL_RISE }
          : { left: (x(first) + boxWidth + x(next)) / 2, top: (y(first) + y(next)) / 2 - LABEL_RISE };
      const above = taken.get(at.left) ?? [];
      let { top } = at;
      while (above.some((other) => Math.abs(other - top) < LABEL_HEIGHT)) top += LABEL_HEIGHT;
      taken.set(at.left, [...above, top]);
      return `<text class="why" x="${at.left}" y="${top}" text-anchor="middle">${escaped(text)}</text>\n`;
    })
    .join('');
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return plainLine(text).replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
