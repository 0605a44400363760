/**
 * Values as Go's text/template sees them.
 *
 * Helm reads every YAML number as `float64`, so a plain JavaScript number is a `float64`. A bigint is an `int64`
 * (what `--set` and sprig's arithmetic give); an `Int` is Go's `int` (literals, `len`, range indexes). Strings
 * are UTF-16 in JavaScript and bytes in Go: bytes that are no UTF-8 travel as lone surrogates U+DC80–U+DCFF.
 */
export type Value =
  | null
  | undefined
  | boolean
  | string
  | number
  | bigint
  | Int
  | Duration
  | Time
  | Bytes
  | ValueList
  | ValueMap
  | Named
  | GoFunction;

/** A Go map with string keys. Order of insertion is meaningless: everything that prints a map sorts it. */
export type ValueMap = Map<string, Value>;

/** A Go slice. */
export type ValueList = Value[];

/** Go's `int`, and the sized integers that only conversions of foreign objects yield. */
export class Int {
  readonly value: bigint;

  constructor(value: number | bigint) {
    this.value = BigInt(value);
  }
}

/** Go's `time.Duration`: an `int64` of nanoseconds that prints as `1h2m3s`. */
export class Duration {
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

/** Go's `time.Time`, with the offset of the zone that it is shown in. */
export class Time {
  readonly unixNanoseconds: bigint;
  readonly offsetSeconds: number;
  readonly zone: string;

  constructor(unixNanoseconds: bigint, offsetSeconds = 0, zone = 'UTC') {
    this.unixNanoseconds = unixNanoseconds;
    this.offsetSeconds = offsetSeconds;
    this.zone = zone;
  }
}

/** Go's `[]byte`: the content of a chart's file. */
export class Bytes {
  readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** What functions may reach besides their arguments. Nothing else exists for them: no network, no environment, no files. */
export interface CallContext {
  readonly randomBytes: (count: number) => Uint8Array;
  readonly nowMilliseconds: () => number;
  readonly lookup: (apiVersion: string, kind: string, namespace: string, name: string) => Value;
}

/** A Go `map[string]string`: what is missing in it is the empty text, not nil. */
export class StringMap extends Map<string, Value> {}

/**
 * A Go slice whose type is not the usual `[]interface {}`, or that is nil, which JSON writes as `null`. What array
 * methods derive from it are ordinary lists, as sprig's functions make them.
 */
export class TypedList extends Array<Value> {
  readonly type: string;
  readonly isNil: boolean;

  constructor(type: string, items: readonly Value[], isNil = false) {
    super();
    for (const item of items) this.push(item);
    this.type = type;
    this.isNil = isNil;
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A Go `[]string`. */
export function stringList(items: readonly string[]): TypedList {
  return new TypedList('[]string', items);
}

/** Go's nil slice. */
export function nilList(type = '[]interface {}'): TypedList {
  return new TypedList(type, [], true);
}

/** Whether `value` is a slice that was never made; for most purposes it is an empty one. */
export function isNilList(value: Value): boolean {
  return value instanceof TypedList && value.isNil;
}

/** A function value with a signature that calls are checked against. */
export interface GoFunction {
  readonly name: string;
  readonly params: readonly ParamType[];
  /** The type of every further argument, when there may be more. */
  readonly variadic?: ParamType;
  readonly call: (args: readonly Value[], context: CallContext) => Value;
}

/** The Go types that parameters of template functions have; they decide which arguments are refused. */
export type ParamType =
  | 'any'
  | 'string'
  | 'bool'
  | 'int'
  | 'int64'
  | 'uint32'
  | 'float64'
  | 'map'
  | 'list'
  | 'time'
  | 'certificate'
  | 'reflect';

/** A value of a Go type with a name: it has methods, and its content is a struct, a map or a slice. */
export class Named {
  readonly type: string;
  readonly content: ValueMap | ValueList;
  readonly isStruct: boolean;
  readonly methods: ReadonlyMap<string, GoFunction>;
  /** What it prints as, when its type has a `String` method. */
  readonly text: string | undefined;
  /** What it is in JSON and YAML, when its type says so itself. */
  readonly marshalled: string | undefined;

  constructor(
    type: string,
    content: ValueMap | ValueList,
    options: {
      readonly isStruct?: boolean;
      readonly methods?: ReadonlyMap<string, GoFunction>;
      readonly text?: string;
      readonly marshalled?: string;
    } = {},
  ) {
    this.type = type;
    this.content = content;
    this.isStruct = options.isStruct ?? false;
    this.methods = options.methods ?? NO_METHODS;
    this.text = options.text;
    this.marshalled = options.marshalled;
  }
}

const NO_METHODS: ReadonlyMap<string, GoFunction> = new Map();

/** Whether `value` is a function value. */
export function isFunction(value: Value): value is GoFunction {
  return typeof value === 'object' && value !== null && 'call' in value;
}

/** The content of `value` when it is a map or a map with methods. */
export function asMap(value: Value): ValueMap | undefined {
  if (value instanceof Map) return value;
  if (value instanceof Named && !value.isStruct && value.content instanceof Map) return value.content;
  return undefined;
}

/** The content of `value` when it is a slice or a slice with methods. */
export function asList(value: Value): ValueList | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof Named && Array.isArray(value.content)) return value.content;
  if (value instanceof Bytes) return [...value.data].map((byte) => new Int(byte));
  return undefined;
}
