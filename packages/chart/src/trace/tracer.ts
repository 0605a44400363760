import { integerOf } from '../value/kind.ts';
import { Named } from '../value/value.ts';
import type { Value, ValueList, ValueMap } from '../value/value.ts';
import { readsOfFunction } from './function-reads.ts';
import type { OriginRecorder } from './origin-recorder.ts';
import { PathNode } from './path-node.ts';
import type { ReadSite } from './path-node.ts';

type Container = ValueMap | ValueList;

/** The map or list in `value`, whatever methods are around it. */
export function containerOf(value: Value): Container | undefined {
  if (value instanceof Map || Array.isArray(value)) return value;
  return value instanceof Named ? value.content : undefined;
}

/**
 * Follows the values of a release through the templates of one render.
 *
 * What is followed are maps and lists, by their identity: wherever one travels (variables, `include`, dicts, lists,
 * subcharts) it is known which path of the values it stands for. A scalar counts as read where it is taken out of
 * its container. Containers that functions make of others stand for the paths of those; several when they were
 * merged. Where a function may look anywhere, everything that it is given counts as read, so that no value is
 * called unread that has been read.
 */
export class Tracer {
  readonly root = new PathNode();
  /** Told what flows where, when the render is to say where its output comes from. */
  readonly recorder: OriginRecorder | undefined;
  readonly #paths = new Map<Container, readonly PathNode[]>();

  constructor(values: ValueMap, recorder?: OriginRecorder) {
    this.recorder = recorder;
    this.#paths.set(values, [this.root]);
  }

  /** `container` stands for `node` too. */
  follow(container: Container, node: PathNode): void {
    this.#paths.set(container, [...(this.#paths.get(container) ?? []), node]);
  }

  /** A template went from `receiver` to `key`; `isLast` says that it wants what is there, not something below. */
  step(site: ReadSite, receiver: Value, key: string | number, isLast: boolean): void {
    const container = containerOf(receiver);
    const nodes = container === undefined ? undefined : this.#paths.get(container);
    if (container === undefined || nodes === undefined) return;
    const value = container instanceof Map ? container.get(String(key)) : container[Number(key)];
    const has = value !== undefined || (container instanceof Map && container.has(String(key)));
    const inner = containerOf(value);
    if (inner !== undefined && !this.#paths.has(inner)) this.#paths.set(inner, childrenOf(nodes, key));
    if (inner !== undefined && !isLast) return;
    for (const node of nodes) node.child(key).record(site.textSite ?? site, has);
    if (inner === undefined) this.recorder?.read(childrenOf(nodes, key));
  }

  /** A template walks over the elements of `value`. */
  spread(site: ReadSite, value: Value): void {
    const container = containerOf(value);
    if (container === undefined || !this.#paths.has(container)) return;
    for (const key of container.keys()) this.step(site, container, key, false);
  }

  /** The paths that the element at `key` of `value` stands for. */
  elementOf(value: Value, key: string | number): readonly PathNode[] {
    const container = containerOf(value);
    const nodes = container === undefined ? undefined : this.#paths.get(container);
    return nodes === undefined ? [] : childrenOf(nodes, key);
  }

  /** Something takes everything in `value`. */
  consume(site: ReadSite, value: Value): void {
    const container = containerOf(value);
    if (container !== undefined) this.#consume(site, container, new Set());
  }

  /** The function `name` has been called; it may have changed its arguments and made its result of them. */
  call(site: ReadSite, name: string, args: readonly Value[], result: Value): void {
    switch (readsOfFunction(name)) {
      case 'looks':
        return;
      case 'steps':
        return this.#stepAlong(site, name, args);
      case 'spreads':
        for (const arg of args) if (Array.isArray(containerOf(arg))) this.spread(site, arg);
        return;
      case 'opens':
        for (const arg of args) this.spread(site, arg);
        return;
      case 'picks':
      case 'copies':
        return this.#copy(containerOf(args[0]), containerOf(result));
      case 'merges':
        for (const arg of args.slice(1)) this.#unite(containerOf(args[0]), containerOf(arg), new Set());
        return;
      default:
        for (const arg of args) this.consume(site, arg);
    }
  }

  #consume(site: ReadSite, container: Container, seen: Set<Container>): void {
    if (seen.has(container)) return;
    seen.add(container);
    const nodes = this.#paths.get(container) ?? [];
    this.recorder?.read(nodes);
    for (const node of nodes) {
      node.isWhole = true;
      node.record(site.textSite ?? site, true);
    }
    for (const item of container.values()) {
      const inner = containerOf(item);
      if (inner !== undefined) this.#consume(site, inner, seen);
    }
  }

  #stepAlong(site: ReadSite, name: string, args: readonly Value[]): void {
    if (name === 'pluck') {
      for (const map of args.slice(1)) this.#walk(site, map, args.slice(0, 1));
    } else if (name === 'dig') this.#walk(site, args.at(-1), args.slice(0, -2));
    else this.#walk(site, args[0], args.slice(1));
  }

  #walk(site: ReadSite, from: Value, keys: readonly Value[]): void {
    let current: Value = from;
    for (const [i, key] of keys.entries()) {
      const at = typeof key === 'string' ? key : Number(integerOf(key) ?? -1n);
      const container = containerOf(current);
      if (container === undefined) return;
      this.step(site, container, at, i === keys.length - 1);
      current = container instanceof Map ? container.get(String(at)) : container[Number(at)];
    }
  }

  #copy(source: Container | undefined, copy: Container | undefined): void {
    const nodes = source === undefined ? undefined : this.#paths.get(source);
    if (copy !== undefined && nodes !== undefined && copy !== source) this.#paths.set(copy, nodes);
  }

  /** `target` holds what it held and what `source` holds, maps merged with maps. */
  #unite(target: Container | undefined, source: Container | undefined, seen: Set<Container>): void {
    if (!(target instanceof Map) || !(source instanceof Map) || target === source || seen.has(source)) return;
    seen.add(source);
    this.#name(source);
    this.#name(target);
    const nodes = [...new Set([...(this.#paths.get(target) ?? []), ...(this.#paths.get(source) ?? [])])];
    if (nodes.length > 0) this.#paths.set(target, nodes);
    for (const [key, value] of source) this.#unite(containerOf(target.get(key)), containerOf(value), seen);
  }

  /** Gives the containers right below `map` their paths, before a merge mixes its own with others. */
  #name(map: ValueMap): void {
    const nodes = this.#paths.get(map);
    if (nodes === undefined) return;
    for (const [key, value] of map) {
      const inner = containerOf(value);
      if (inner !== undefined && !this.#paths.has(inner)) this.#paths.set(inner, childrenOf(nodes, key));
    }
  }
}

function childrenOf(nodes: readonly PathNode[], key: string | number): readonly PathNode[] {
  return nodes.map((node) => node.child(key));
}
