import { isRecord, type Manifest } from '../object/manifest.ts';

/** The three parts of an object, each a map even when the object lacks it. */
export interface Fields {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}

export interface Condition {
  readonly status: string;
  readonly reason: string;
  /** The message; the reason when the message is empty; the bare condition when both are. */
  readonly message: string;
}

export function fieldsOf({ metadata, spec, status }: Manifest): Fields {
  return { metadata: { ...metadata }, spec: isRecord(spec) ? spec : {}, status: isRecord(status) ? status : {} };
}

export function conditionOf({ status }: Fields, type: string): Condition | undefined {
  const { conditions } = status;
  if (!Array.isArray(conditions)) return undefined;
  const found: unknown = conditions.find((condition: unknown) => isRecord(condition) && condition['type'] === type);
  if (!isRecord(found)) return undefined;
  const reason = textOf(found['reason']);
  const message = textOf(found['message']);
  const state = textOf(found['status'], 'Unknown');
  return { status: state, reason, message: message || reason || `${type}=${state}` };
}

/** A number of the status; absent means zero. */
export function count(value: unknown, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

/** A text of the status; absent means the empty text. */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
