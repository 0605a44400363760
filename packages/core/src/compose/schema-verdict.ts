import { z } from 'zod';
import { ko } from 'zod/locales';

const KOREAN = ko().localeError;

/** Why a JSON Schema refuses a value; or that it is none, by the words of the library. */
export interface SchemaVerdict {
  readonly reasonEn: string;
  readonly reasonKo: string;
  /** Where in the value the first fault is; undefined when the schema itself is at fault. */
  readonly path: readonly PropertyKey[] | undefined;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas are read once: a platform has few of them and many values. */
const READ = new WeakMap<JsonSchema, z.ZodType | Error>();

/** Undefined when the schema accepts the value. */
export function schemaVerdict(schema: JsonSchema, value: unknown): SchemaVerdict | undefined {
  const read = READ.get(schema) ?? readSchema(schema);
  READ.set(schema, read);
  if (read instanceof Error) return { reasonEn: read.message, reasonKo: read.message, path: undefined };
  const result = read.safeParse(value);
  if (result.success) return undefined;
  const inKorean = read.safeParse(value, { error: KOREAN });
  return {
    reasonEn: reasonsOf(result.error.issues),
    reasonKo: reasonsOf(inKorean.error?.issues ?? []),
    path: result.error.issues[0]?.path ?? [],
  };
}

function reasonsOf(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
}

/** The library throws plain errors for what it does not know as JSON Schema. */
function readSchema(schema: JsonSchema): z.ZodType | Error {
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error;
  }
}
