import { DOCUMENT_LIMIT_BYTES, type Document, type Finding, type Place, readDocument } from '@naru/core';
import { readText } from './read-text.ts';

/** Reads a YAML file whose content is somebody else's, such as chart values. */
export async function loadYaml(
  path: string,
  mentioned?: Place,
): Promise<{ readonly document: Document | undefined; readonly findings: readonly Finding[] }> {
  const { text, finding } = await readText(path, DOCUMENT_LIMIT_BYTES, mentioned);
  if (text === undefined) return { document: undefined, findings: [finding] };
  return readDocument(path, text);
}
