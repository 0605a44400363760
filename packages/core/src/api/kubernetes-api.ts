/**
 * What objects may look like in several minor versions of Kubernetes, as `tools/generate-kubernetes-api.ts` writes it.
 *
 * A kind is `n @type` (in namespaces) or `c @type`; the type of a field is made of `ScalarLetter`s, and its name ends with
 * `!` when it must be there. Either may end with ` since-until`, two indexes into `versions`, when not every version has it.
 */
export interface KubernetesApiTable {
  readonly versions: readonly string[];
  /** By `group/version Kind`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** s: string, i: integer, n: number, b: boolean, q: quantity, x: integer or string, o: anything. */
export type ScalarLetter = 's' | 'i' | 'n' | 'b' | 'q' | 'x' | 'o';

export type FieldType =
  | { readonly kind: 'scalar'; readonly letter: ScalarLetter }
  | { readonly kind: 'object'; readonly type: string }
  /** `keys` tell the entries apart, as server-side apply does; empty when they are not told apart. */
  | { readonly kind: 'list'; readonly of: FieldType; readonly keys: readonly string[] }
  | { readonly kind: 'map'; readonly of: FieldType };

export interface Field {
  readonly required: boolean;
  readonly type: FieldType;
}

export type Served =
  | {
      readonly kind: 'served';
      readonly type: string;
      /** The last known version that serves it, when a later one does not. */
      readonly until: string | undefined;
    }
  /** `instead`: versions of the same kind that are served. */
  | { readonly kind: 'gone'; readonly instead: readonly string[] }
  /** Not a group of Kubernetes itself. */
  | { readonly kind: 'foreign' };

/** The API of one minor version. */
export interface KubernetesApi {
  readonly minor: string;
  readonly served: (apiVersion: string, kind: string) => Served;
  readonly fieldsOf: (type: string) => ReadonlyMap<string, Field>;
  /** The `group/version`s that serve a kind; `until` as in `Served`. */
  readonly versionsOf: (kind: string) => readonly { readonly version: string; readonly until: string | undefined }[];
}

/** Groups that earlier versions of Kubernetes had. */
const FORMER_GROUPS = ['extensions'];

/** The API of a Kubernetes version such as `1.36.3`; undefined for a version that the table does not know. */
export function kubernetesApi(table: KubernetesApiTable, version: string): KubernetesApi | undefined {
  const minor = /^v?(\d+\.\d+)/.exec(version)?.[1];
  const index = table.versions.indexOf(minor ?? '');
  if (minor === undefined || index === -1) return undefined;
  const groups = new Set([...Object.keys(table.kinds).map((key) => groupIn(key)), ...FORMER_GROUPS]);
  const known = new Map<string, ReadonlyMap<string, Field>>();
  const fieldsOf = (type: string): ReadonlyMap<string, Field> => {
    const fields = known.get(type) ?? readFields(table.types[type] ?? {}, index);
    known.set(type, fields);
    return fields;
  };
  const servedAt = (key: string): string | undefined => {
    const entry = table.kinds[key];
    return entry !== undefined && inRange(entry, index) ? entry : undefined;
  };
  const served = (apiVersion: string, kind: string): Served => {
    const entry = servedAt(`${apiVersion} ${kind}`);
    if (entry !== undefined) return { kind: 'served', type: typeIn(entry), until: endOf(entry, table.versions) };
    if (!groups.has(groupIn(apiVersion))) return { kind: 'foreign' };
    return { kind: 'gone', instead: versionsOf(kind).map(({ version }) => version) };
  };
  const versionsOf: KubernetesApi['versionsOf'] = (kind) =>
    Object.keys(table.kinds).flatMap((key) => {
      const entry = key.endsWith(` ${kind}`) ? servedAt(key) : undefined;
      return entry === undefined ? [] : [{ version: key.split(' ')[0] ?? '', until: endOf(entry, table.versions) }];
    });
  return { minor, served, fieldsOf, versionsOf };
}

function groupIn(apiVersion: string): string {
  return /^([^/ ]+)\//.exec(apiVersion)?.[1] ?? '';
}

function typeIn(entry: string): string {
  return /@([\w.]+)/.exec(entry)?.[1] ?? '';
}

function rangeOf(entry: string): readonly [number, number] | undefined {
  const found = / (\d+)-(\d+)$/.exec(entry);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

function inRange(entry: string, index: number): boolean {
  const range = rangeOf(entry);
  return range === undefined || (range[0] <= index && index <= range[1]);
}

function endOf(entry: string, versions: readonly string[]): string | undefined {
  const range = rangeOf(entry);
  return range === undefined || range[1] === versions.length - 1 ? undefined : versions[range[1]];
}

function readFields(written: Readonly<Record<string, string>>, index: number): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(written)
      .filter(([, text]) => inRange(text, index))
      .map(([name, text]) => [
        name.replace(/!$/, ''),
        { required: name.endsWith('!'), type: readType(text.replace(/ \d+-\d+$/, '')) },
      ]),
  );
}

function readType(text: string): FieldType {
  if (text.startsWith('@')) return { kind: 'object', type: text.slice(1) };
  if (text.startsWith('{')) return { kind: 'map', of: readType(text.slice(1, -1)) };
  if (!text.startsWith('[')) return { kind: 'scalar', letter: text as ScalarLetter };
  const end = text.lastIndexOf(']');
  const keys = text.slice(end + 1).replace(/[()]/g, '');
  return { kind: 'list', of: readType(text.slice(1, end)), keys: keys === '' ? [] : keys.split(',') };
}
