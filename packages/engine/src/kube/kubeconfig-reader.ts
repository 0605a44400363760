import { NaruError, type Place } from '@naru/core';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

/** One mapping of a kubeconfig. What is absent and what is `null` are the same; a wrong type is refused with its place. */
export interface Section {
  text(key: string): string | undefined;
  flag(key: string): boolean;
  section(key: string): Section | undefined;
  sections(key: string): readonly Section[];
  texts(key: string): readonly string[];
  /** The keys that are written, for mappings of free keys. */
  readonly keys: readonly string[];
  refuse(key: string, reason: string): NaruError;
}

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
}

/** Reads YAML as Kubernetes tools write it; the first fault is refused with file, line and column. */
export function readSections(file: string, text: string): Section {
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  const source = { file, lines };
  const [fault] = document.errors;
  if (fault !== undefined) throw malformed(source, fault.pos[0], fault.message);
  if (!isMap(document.contents)) throw malformed(source, 0, 'it is not a mapping');
  return sectionOf(source, document.contents);
}

function sectionOf(source: Source, node: unknown): Section {
  if (!isMap(node)) throw malformed(source, offsetOf(node), 'a mapping is expected');
  const at = (key: string): unknown => {
    const found = node.get(key, true);
    return isScalar(found) && found.value === null ? undefined : found;
  };
  const list = (key: string): readonly unknown[] => {
    const found = at(key);
    if (found === undefined) return [];
    if (!isSeq(found)) throw malformed(source, offsetOf(found), `${key} must be a list`);
    return found.items;
  };
  const textOf = (key: string, found: unknown): string => {
    if (!isScalar(found) || typeof found.value !== 'string') {
      throw malformed(source, offsetOf(found), `${key} must be a string`);
    }
    return found.value;
  };
  return {
    keys: node.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')),
    text: (key) => {
      const found = at(key);
      return found === undefined ? undefined : textOf(key, found);
    },
    flag: (key) => {
      const found = at(key);
      if (found === undefined) return false;
      if (isScalar(found) && typeof found.value === 'boolean') return found.value;
      throw malformed(source, offsetOf(found), `${key} must be true or false`);
    },
    section: (key) => {
      const found = at(key);
      return found === undefined ? undefined : sectionOf(source, found);
    },
    sections: (key) => list(key).map((item) => sectionOf(source, item)),
    texts: (key) => list(key).map((item) => textOf(key, item)),
    refuse: (key, reason) => malformed(source, offsetOf(at(key) ?? node), reason),
  };
}

function offsetOf(node: unknown): number {
  return (node as Partial<Node> | undefined)?.range?.[0] ?? 0;
}

function malformed({ file, lines }: Source, offset: number, reason: string): NaruError {
  const { line, col } = lines.linePos(offset);
  const place: Place = { file, line: Math.max(1, line), column: Math.max(1, col) };
  return new NaruError('KUBECONFIG_MALFORMED', { file, reason }, { place });
}
