import type { Values } from '../render/rendered-chart.ts';
import { mapFromPlain, toPlain } from '../value/convert.ts';
import type { Value, ValueMap } from '../value/value.ts';

/**
 * Lays `over` on `base` as Helm lays one values file on another: maps are merged, everything else is replaced.
 * A null stays, because it takes a chart's default away when the chart is rendered.
 */
export function mergeValues(base: Values, over: Values): Values {
  return toPlain(mergeMaps(mapFromPlain(base), mapFromPlain(over))) as Values;
}

/** The same on Go values. Neither map is changed. */
export function mergeMaps(base: ReadonlyMap<string, Value>, over: ReadonlyMap<string, Value>): ValueMap {
  const merged: ValueMap = new Map(base);
  for (const [key, value] of over) {
    const existing = merged.get(key);
    if (value instanceof Map && existing instanceof Map) merged.set(key, mergeMaps(existing, value));
    else merged.set(key, value);
  }
  return merged;
}
