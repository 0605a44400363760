import type { Value } from '../value/value.ts';
import type { Failure } from './failure.ts';
import type { Schema } from './schema.ts';

/** One schema being applied to one value, as the rules for kinds of values see it. */
export interface Checking {
  readonly schema: Schema;
  /** What no schema has looked at yet: property names of an object, or places of a list. */
  readonly unseen: Set<string>;
  readonly fail: (text: string, causes?: readonly Failure[]) => void;
  /** What is wrong with an inner value, as one failure. */
  readonly inner: (schema: Schema, value: Value, step: string) => Failure | undefined;
  /** The same, and it counts. */
  readonly checkInner: (schema: Schema, value: Value, step: string) => void;
  /** Applies another schema to the same value. */
  readonly checkSame: (schema: Schema) => void;
  /** What is wrong with a value that stands for itself, such as a name. */
  readonly alone: (schema: Schema, value: Value) => readonly Failure[];
}
