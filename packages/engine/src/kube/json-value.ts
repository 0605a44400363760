/** An answer of a server before anything is known about it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field when it is an object, else an empty one. */
export function objectAt(value: JsonObject, field: string): JsonObject {
  const found = value[field];
  return isObject(found) ? found : {};
}

/** The field when it is a list; what is not an object in it is left out. */
export function objectsAt(value: JsonObject, field: string): readonly JsonObject[] {
  const found = value[field];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The field when it is a string, else an empty one. */
export function textAt(value: JsonObject, field: string): string {
  const found = value[field];
  return typeof found === 'string' ? found : '';
}
