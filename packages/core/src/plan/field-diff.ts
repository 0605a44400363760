import { canonicalJson } from '../object/canonical.ts';
import { isRecord, type Manifest } from '../object/manifest.ts';
import type { FieldChange } from './plan.ts';

/** What stands for a value that may not be shown. */
export const MASK = '(hidden)';

/** What the server writes by itself: noise in a diff. */
const SERVER_METADATA: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/**
 * The fields in which two states of one object differ, in the order of their paths. Status and what the server keeps for
 * itself do not count. List items are matched by `name` when all have one, else by position; when the named items of both
 * stand in another order, the list itself is a change of its names. Secret data is masked.
 */
export function diffFields(before: Manifest, after: Manifest): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  walk(comparable(before), comparable(after), '', changes);
  return changes.map((change) => (isSecret(before.kind, change.path) ? masked(change) : change));
}

function comparable({ status: _, metadata, ...rest }: Manifest): Readonly<Record<string, unknown>> {
  const kept = Object.entries(metadata).filter(([key]) => !SERVER_METADATA.has(key));
  return { ...rest, metadata: Object.fromEntries(kept) };
}

function walk(before: unknown, after: unknown, path: string, changes: FieldChange[]): void {
  if (isRecord(before) && isRecord(after)) {
    for (const key of union(Object.keys(before), Object.keys(after))) {
      walk(own(before, key), own(after, key), joined(path, key), changes);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right] = [byName(before), byName(after)];
    if (left !== undefined && right !== undefined) {
      compareOrder(left, right, path, changes);
      for (const name of union([...left.keys()], [...right.keys()])) {
        walk(left.get(name), right.get(name), `${path}[${quoted(name)}]`, changes);
      }
      return;
    }
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      walk(before[index], after[index], `${path}[${index}]`, changes);
    }
    return;
  }
  if (canonicalJson(before) !== canonicalJson(after)) changes.push({ path, before, after });
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])].sort();
}

/** Init containers run, and variables are expanded, in the order in which they stand. */
function compareOrder(
  left: ReadonlyMap<string, unknown>,
  right: ReadonlyMap<string, unknown>,
  path: string,
  changes: FieldChange[],
): void {
  const before = [...left.keys()].filter((name) => right.has(name));
  const after = [...right.keys()].filter((name) => left.has(name));
  if (before.some((name, index) => name !== after[index])) changes.push({ path, before, after });
}

const PLAIN_KEY = /^[A-Za-z0-9_-]+$/;

/** A key that holds dots or slashes is quoted, so that a path can be read only one way. */
function joined(path: string, key: string): string {
  if (PLAIN_KEY.test(key)) return path === '' ? key : `${path}.${key}`;
  return `${path}[${JSON.stringify(key)}]`;
}

function quoted(name: string): string {
  return PLAIN_KEY.test(name) ? name : JSON.stringify(name);
}

/** A label may be called `constructor`: what every object has is not in the manifest. */
function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function byName(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const item of list) {
    if (!isRecord(item) || typeof item['name'] !== 'string' || named.has(item['name'])) return undefined;
    named.set(item['name'], item);
  }
  return named;
}

/** `kubectl apply` keeps a copy of the whole object, data included, in an annotation. */
const LAST_APPLIED = 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]';

function isSecret(kind: string, path: string): boolean {
  return kind === 'Secret' && (/^(data|stringData)\b/.test(path) || path === LAST_APPLIED);
}

function masked({ path, before, after }: FieldChange): FieldChange {
  return { path, before: before === undefined ? undefined : MASK, after: after === undefined ? undefined : MASK };
}
