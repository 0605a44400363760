import { ChartError } from '../error/chart-error.ts';
import type { ChartPlace } from '../error/chart-error.ts';
import { compareText } from '../value/utf8.ts';
import type { Value } from '../value/value.ts';
import { asMap } from '../value/value.ts';

/** What Go wants of a field: a text, a truth, several of something, a map of texts, or an inner structure. */
type Shape =
  | 'string'
  | 'bool'
  | 'map[string]string'
  | 'any'
  | Structure
  | { readonly items: Shape; readonly go: string };

interface Structure {
  /** The name of Go's type, which its errors mention. */
  readonly go: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

const TEXTS = { items: 'string', go: '[]string' } as const;

const MAINTAINER: Structure = { go: 'v2.Maintainer', fields: { name: 'string', email: 'string', url: 'string' } };

const DEPENDENCY: Structure = {
  go: 'v2.Dependency',
  fields: {
    name: 'string',
    version: 'string',
    repository: 'string',
    condition: 'string',
    tags: TEXTS,
    enabled: 'bool',
    'import-values': { items: 'any', go: '[]interface {}' },
    alias: 'string',
  },
};

const METADATA: Structure = {
  go: 'v2.Metadata',
  fields: {
    name: 'string',
    home: 'string',
    sources: TEXTS,
    version: 'string',
    description: 'string',
    keywords: TEXTS,
    maintainers: { items: MAINTAINER, go: '[]*v2.Maintainer' },
    icon: 'string',
    apiVersion: 'string',
    condition: 'string',
    tags: 'string',
    appVersion: 'string',
    deprecated: 'bool',
    annotations: 'map[string]string',
    kubeVersion: 'string',
    dependencies: { items: DEPENDENCY, go: '[]*v2.Dependency' },
    type: 'string',
  },
};

const LOCK: Structure = {
  go: 'v2.Lock',
  fields: { generated: 'string', digest: 'string', dependencies: { items: DEPENDENCY, go: '[]*v2.Dependency' } },
};

/** The files of a chart whose content has a shape, and the type that Go reads them into. */
const FILES = { 'Chart.yaml': METADATA, 'requirements.yaml': METADATA, 'Chart.lock': LOCK, 'requirements.lock': LOCK };

export type ShapedFile = keyof typeof FILES;

/** Refuses content whose types are not what `file` must have, as Go's JSON decoder words it: by the first such field. */
export function checkShape(content: Value, file: ShapedFile, place: ChartPlace): void {
  const wrong = mismatch(content, FILES[file], { owner: '', path: '' });
  if (wrong === undefined) return;
  const reason = `cannot load ${file}: error unmarshaling JSON: while decoding JSON: json: ${wrong}`;
  throw new ChartError('CHART_INVALID', { reason }, { place });
}

/** Go names the structure that a field stands in, and the path that led there. */
interface Field {
  readonly owner: string;
  readonly path: string;
}

function mismatch(value: Value, shape: Shape, field: Field): string | undefined {
  if (value === null || value === undefined || shape === 'any') return undefined;
  if (shape === 'string') return isScalar(value) ? undefined : unfit(value, 'string', field);
  if (shape === 'bool') return typeof value === 'boolean' ? undefined : unfit(value, 'bool', field);
  if (shape === 'map[string]string') {
    const map = asMap(value);
    if (map === undefined) return unfit(value, shape, field);
    return firstOf(sortedEntries(map), ([, item]) => mismatch(item, 'string', field));
  }
  if ('items' in shape) {
    if (!Array.isArray(value)) return unfit(value, shape.go, field);
    return firstOf(value, (item) => mismatch(item, shape.items, field));
  }
  const map = asMap(value);
  if (map === undefined) return unfit(value, shape.go, field);
  const owner = shape.go.replace(/^v2\./, '');
  return firstOf(sortedEntries(map), ([key, item]) => {
    const inner = shape.fields[key];
    const path = field.path === '' ? key : `${field.path}.${key}`;
    return inner === undefined ? undefined : mismatch(item, inner, { owner, path });
  });
}

function isScalar(value: Value): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function unfit(value: Value, type: string, { owner, path }: Field): string {
  const target = path === '' ? 'Go value' : `Go struct field ${owner}.${path}`;
  return `cannot unmarshal ${jsonKind(value)} into ${target} of type ${type}`;
}

/** What Go calls the kind of a JSON value. */
export function jsonKind(value: Value): string {
  if (Array.isArray(value)) return 'array';
  if (asMap(value) !== undefined) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Go decodes what it has first written with sorted keys. */
function sortedEntries(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
