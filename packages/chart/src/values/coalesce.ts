import { ChartError } from '../error/chart-error.ts';
import { copyMap } from '../value/equal.ts';
import { sprintf } from '../value/printf.ts';
import type { Value, ValueMap } from '../value/value.ts';

const GLOBAL = 'global';

/** A chart as far as values are concerned: after aliases and conditions have been applied. */
export interface ValueChart {
  readonly name: string;
  values: ValueMap;
  dependencies: readonly ValueChart[];
}

/**
 * The values of a chart and its subcharts, `values` on top. With `keepNulls` a null stays for a later round;
 * otherwise a null takes the default away that it stands over.
 */
export function coalesceValues(chart: ValueChart, values: ReadonlyMap<string, Value>, keepNulls: boolean): ValueMap {
  const target = copyMap(values);
  coalesce(chart, target, keepNulls);
  return target;
}

function coalesce(chart: ValueChart, target: ValueMap, keepNulls: boolean): void {
  layDefaults(chart, target, keepNulls);
  for (const child of chart.dependencies) {
    const existing = target.has(child.name) ? target.get(child.name) : new Map<string, Value>();
    if (!(existing instanceof Map)) {
      const reason = `chart dependencies processing failed: type mismatch on ${child.name}: ${sprintf('%t', [existing])}`;
      throw new ChartError('VALUES_INVALID', { reason });
    }
    target.set(child.name, existing);
    passGlobals(existing, target);
    coalesce(child, existing, keepNulls);
  }
}

function layDefaults(chart: ValueChart, target: ValueMap, keepNulls: boolean): void {
  const children = new Set(chart.dependencies.map((child) => child.name));
  for (const [key, value] of copyMap(chart.values)) {
    if (!target.has(key)) {
      if (!keepNulls && value === null) continue;
      if (!keepNulls && value instanceof Map) dropNulls(value);
      target.set(key, value);
      continue;
    }
    const existing = target.get(key);
    if (existing === null && !keepNulls) target.delete(key);
    else if (existing instanceof Map && value instanceof Map) {
      // A subchart lays its own defaults below these later; nulls must live until then.
      const keeps = keepNulls || children.has(key);
      if (!keeps) dropNulls(value);
      coalesceTables(existing, value, keeps);
    }
  }
}

/** Lays `source` below `target`, in place. What is a map on one side only keeps what the target has. */
export function coalesceTables(target: ValueMap, source: ValueMap, keepNulls: boolean): ValueMap {
  for (const [key, value] of source) {
    const existing = target.get(key);
    if (!target.has(key)) target.set(key, value);
    else if (existing === null && !keepNulls && value !== null) target.delete(key);
    else if (existing instanceof Map && value instanceof Map) coalesceTables(existing, value, keepNulls);
  }
  return target;
}

function passGlobals(target: ValueMap, source: ReadonlyMap<string, Value>): void {
  const to = target.has(GLOBAL) ? target.get(GLOBAL) : new Map<string, Value>();
  const from = source.has(GLOBAL) ? source.get(GLOBAL) : new Map<string, Value>();
  if (!(to instanceof Map) || !(from instanceof Map)) return;
  for (const [key, value] of from) {
    const existing = to.get(key);
    if (value instanceof Map) {
      if (!to.has(key)) to.set(key, new Map(value));
      else if (existing instanceof Map) to.set(key, coalesceTables(new Map(value), existing, true));
    } else if (!(existing instanceof Map)) to.set(key, value);
  }
  target.set(GLOBAL, to);
}

function dropNulls(map: ValueMap): void {
  for (const [key, value] of map) {
    if (value === null) map.delete(key);
    else if (value instanceof Map) dropNulls(value);
  }
}

/** The map at a dotted path, or nothing. */
export function tableAt(values: ReadonlyMap<string, Value>, path: string): ValueMap | undefined {
  let table: Value = new Map(values);
  for (const step of path.split('.')) {
    if (!(table instanceof Map)) return undefined;
    table = table.get(step);
  }
  return table instanceof Map ? table : undefined;
}

/** The value at a dotted path, when it is no map. */
export function valueAt(values: ReadonlyMap<string, Value>, path: string): Value {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const table = steps.length === 0 ? values : tableAt(values, steps.join('.'));
  const value = table?.get(last);
  return value instanceof Map ? undefined : value;
}
