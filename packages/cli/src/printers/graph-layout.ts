import type { Graph, GraphEdge } from '@naru/core';

/** Where a node stands: its column counts how much it stands on, its row keeps lines short. */
export interface Spot {
  readonly column: number;
  readonly row: number;
}

export interface GraphLayout {
  readonly spots: ReadonlyMap<string, Spot>;
  /** The spots that the line of each edge passes, from what is stood on to who stands on it. */
  readonly routes: readonly { readonly edge: GraphEdge; readonly spots: readonly Spot[] }[];
  readonly columns: number;
  readonly rows: number;
}

/** How often columns are sorted by their neighbours; more changes little. */
const SWEEPS = 4;

/** A node, or a place that a line passes on its way over several columns. */
interface Cell {
  readonly id: string;
  readonly column: number;
  readonly neighbours: Cell[];
  row: number;
}

/**
 * Lays a graph without circles out in columns: everything stands right of what it stands on. Lines over several columns
 * get room of their own in each, and every column is sorted so that its cells stand near their neighbours.
 */
export function layoutGraph({ nodes, edges }: Graph): GraphLayout {
  const columnOf = columnsOf({ nodes, edges });
  const cells = new Map(
    nodes.map(({ id }): [string, Cell] => [id, { id, column: columnOf.get(id) ?? 0, neighbours: [], row: 0 }]),
  );
  const all = [...cells.values()];
  const routes = edges.flatMap((edge) => {
    const [start, end] = [cells.get(edge.to), cells.get(edge.from)];
    if (start === undefined || end === undefined) return [];
    const between = Array.from({ length: end.column - start.column - 1 }, (_, index): Cell => {
      return { id: `${edge.from} ${edge.to}`, column: start.column + index + 1, neighbours: [], row: 0 };
    });
    all.push(...between);
    const route = [start, ...between, end];
    for (const [index, cell] of route.entries()) {
      const next = route[index + 1];
      if (next === undefined) continue;
      cell.neighbours.push(next);
      next.neighbours.push(cell);
    }
    return [{ edge, route }];
  });
  const columns = [...Map.groupBy(all, ({ column }) => column)]
    .toSorted(([a], [b]) => a - b)
    .map(([, column]) => column);
  sortColumns(columns);
  const spot = ({ column, row }: Cell): Spot => ({ column, row });
  return {
    spots: new Map([...cells].map(([id, cell]) => [id, spot(cell)])),
    routes: routes.map(({ edge, route }) => ({ edge, spots: route.map(spot) })),
    columns: columns.length,
    rows: Math.max(0, ...columns.map((column) => column.length)),
  };
}

/** The longest way down from each node; nodes come after what they stand on. */
function columnsOf({ nodes, edges }: Graph): ReadonlyMap<string, number> {
  const below = Map.groupBy(edges, ({ from }) => from);
  const columns = new Map<string, number>();
  for (const { id } of nodes) {
    const columnsBelow = (below.get(id) ?? []).map(({ to }) => (columns.get(to) ?? 0) + 1);
    columns.set(id, Math.max(0, ...columnsBelow));
  }
  return columns;
}

/** Sorts each column by the middle of its neighbours' rows, back and forth, and centres what is shorter than the longest. */
function sortColumns(columns: readonly Cell[][]): void {
  const longest = Math.max(0, ...columns.map((column) => column.length));
  const place = (column: Cell[]): void => {
    const top = (longest - column.length) / 2;
    for (const [index, cell] of column.entries()) cell.row = top + index;
  };
  for (const column of columns) place(column);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const middles = new Map(column.map((cell) => [cell, middleOf(cell)]));
      column.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || (a.id < b.id ? -1 : 1));
      place(column);
    }
  }
}

function middleOf({ neighbours, row }: Cell): number {
  return neighbours.length === 0 ? row : neighbours.reduce((sum, cell) => sum + cell.row, 0) / neighbours.length;
}
