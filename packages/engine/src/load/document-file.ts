import {
  DOCUMENT_LIMIT_BYTES,
  type Document,
  type Finding,
  type Place,
  readDocument,
  readSpec,
  type Written,
} from '@naru/core';
import { readText } from './read-text.ts';

type Schema<T> = Parameters<typeof readSpec>[0] & { readonly _output?: T };

/** Reads a YAML file of Naru's own and checks it against its schema; what is wrong are findings. */
export async function loadDocument<S extends Schema<unknown>>(
  path: string,
  schema: S,
  mentioned?: Place,
): Promise<{ readonly written: Written<ReturnType<S['parse']>> | undefined; readonly findings: readonly Finding[] }> {
  const { document, findings } = await loadYaml(path, mentioned);
  if (document === undefined) return { written: undefined, findings };
  const reading = readSpec(schema, document);
  if (reading.spec === undefined) return { written: undefined, findings: reading.findings };
  return { written: { spec: reading.spec as ReturnType<S['parse']>, document }, findings: [] };
}

/** Reads a YAML file whose content is somebody else's, such as chart values. */
export async function loadYaml(
  path: string,
  mentioned?: Place,
): Promise<{ readonly document: Document | undefined; readonly findings: readonly Finding[] }> {
  const { text, finding } = await readText(path, DOCUMENT_LIMIT_BYTES, mentioned);
  if (text === undefined) return { document: undefined, findings: [finding] };
  return readDocument(path, text);
}
