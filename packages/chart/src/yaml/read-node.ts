import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import { formatFloat } from '../value/float.ts';
import { printValue } from '../value/print.ts';
import { quoteGo } from '../value/quote.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { resolveScalar } from './resolve-scalar.ts';

type Refuse = (reason: string, offset: number) => never;

/** How many values aliases may multiply into; a bomb has billions. */
const MAX_ALIASED_VALUES = 500_000;
const LONG_TAG = 'tag:yaml.org,2002:';

/** Turns parsed nodes into Go values, as `sigs.k8s.io/yaml` sees them after their way through JSON. */
export class NodeReader {
  readonly #refuse: Refuse;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<string>();
  #aliasDepth = 0;
  #aliasedValues = 0;

  constructor(refuse: Refuse) {
    this.#refuse = refuse;
  }

  read(node: unknown): Value {
    if (this.#aliasDepth > 0 && ++this.#aliasedValues > MAX_ALIASED_VALUES) {
      this.#fail('document contains excessive aliasing', node);
    }
    if (isAlias(node)) return this.#readAlias(node.source, node);
    if (isScalar(node)) {
      this.#remember(node);
      return this.#readScalar(node);
    }
    if (isMap(node)) {
      this.#remember(node);
      return this.#readMap(node);
    }
    if (isSeq(node)) {
      this.#remember(node);
      return node.items.map((item) => this.#readItem(item));
    }
    return null;
  }

  /** A list may hold a bare pair, `[a: 1]`: a map of one. */
  #readItem(item: unknown): Value {
    if (!isPair(item)) return this.read(item);
    const map: ValueMap = new Map();
    this.#readPair(item, map);
    return map;
  }

  #remember(node: Node & { anchor?: string | undefined }): void {
    if (node.anchor !== undefined && node.anchor !== '' && this.#aliasDepth === 0) this.#anchors.set(node.anchor, node);
  }

  #readAlias(name: string, node: unknown): Value {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#fail(`unknown anchor '${name}' referenced`, node);
    if (this.#open.has(name)) return this.#fail(`anchor '${name}' value contains itself`, node);
    this.#open.add(name);
    this.#aliasDepth++;
    const value = this.read(target);
    this.#aliasDepth--;
    this.#open.delete(name);
    return value;
  }

  #readMap(node: YAMLMap): ValueMap {
    const map: ValueMap = new Map();
    const anchor = node.anchor;
    if (anchor !== undefined && anchor !== '') this.#open.add(anchor);
    for (const pair of node.items) this.#readPair(pair, map);
    if (anchor !== undefined && anchor !== '' && this.#aliasDepth === 0) this.#open.delete(anchor);
    return map;
  }

  #readPair(pair: Pair, map: ValueMap): void {
    const { key } = pair;
    if (isScalar(key) && isPlain(key) && sourceOf(key) === '<<') {
      this.#merge(pair.value, map);
      return;
    }
    const name = this.#readKey(key);
    if (name === undefined) return this.#refuseKey(key, pair.value);
    map.set(name, this.read(pair.value));
  }

  #readKey(key: unknown): string | undefined {
    if (isAlias(key)) {
      const value = this.read(key);
      return typeof value === 'string' ? value : undefined;
    }
    if (isScalar(key)) this.#remember(key);
    return keyText(key);
  }

  /** JSON has no names but texts: null, lists and maps cannot be keys. */
  #refuseKey(key: unknown, value: unknown): never {
    const read = this.read(key);
    if (read !== null && read !== undefined) return this.#fail(`invalid map key: ${goSyntax(read)}`, key);
    const shown = goSyntax(this.read(value));
    return this.#fail(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`, key);
  }

  #merge(node: unknown, map: ValueMap): void {
    const sources = isSeq(node) ? node.items.toReversed() : [node];
    for (const source of sources) {
      const value = this.read(source);
      if (!(value instanceof Map)) this.#fail('map merge requires map or sequence of maps as the value', node);
      else for (const [key, item] of value) map.set(key, item);
    }
  }

  #readScalar(node: Scalar): Value {
    const text = sourceOf(node);
    const tag = shortTag(node);
    // Tags that are not YAML's own leave a text as it is.
    const isForeign = node.tag !== undefined && tag === undefined;
    if (tag === 'str' || isForeign || (tag === undefined && !isPlain(node))) return text;
    if (tag === 'binary') return this.#fail('binary values are not supported', node);
    const resolved = resolveScalar(text);
    switch (resolved.tag) {
      case 'null':
        return null;
      case 'bool':
        return resolved.value;
      case 'int':
        return Number(resolved.value);
      case 'float':
        return Number.isFinite(resolved.value)
          ? resolved.value
          : this.#fail(`json: unsupported value: ${formatFloat(resolved.value)}`, node);
      default:
        return tag === 'int' || tag === 'float' || tag === 'bool'
          ? this.#fail(`cannot decode !!str \`${text}\` as a !!${tag}`, node)
          : text;
    }
  }

  #fail(reason: string, node: unknown): never {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    const start: unknown = Array.isArray(range) ? range[0] : 0;
    return this.#refuse(reason, typeof start === 'number' ? start : 0);
  }
}

/** The text of a key as JSON has it: `yes:` is `true`, `012:` is `10`. Nothing for null and for collections. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const text = sourceOf(key);
  if (!isPlain(key) || shortTag(key) === 'str') return text;
  const resolved = resolveScalar(text);
  switch (resolved.tag) {
    case 'null':
      return undefined;
    case 'bool':
      return String(resolved.value);
    case 'int':
      return String(resolved.value);
    case 'float':
      return formatFloat(resolved.value)
        .replace(/^\+?(-?)Inf$/, '$1.inf')
        .replace('NaN', '.nan');
    default:
      return text;
  }
}

function isPlain(node: Scalar): boolean {
  return node.type === undefined || node.type === 'PLAIN';
}

function sourceOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : '';
}

function shortTag(node: Scalar): string | undefined {
  const { tag } = node;
  return tag?.startsWith(LONG_TAG) ? tag.slice(LONG_TAG.length) : undefined;
}

/** A value as Go's `%#v` prints it. */
function goSyntax(value: Value): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return quoteGo(value);
  if (typeof value === 'number') return formatFloat(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!(value instanceof Map)) return printValue(value);
  const entries = [...value].map(([key, item]) => `${quoteGo(key)}:${goSyntax(item)}`);
  return `map[interface {}]interface {}{${entries.sort().join(', ')}}`;
}
