import { compareVersions, parseVersion, parseYaml, type Version } from '@naru/chart';
import { isRecord } from '@naru/core';

/** One published version of a chart, as an index lists it. */
export interface IndexEntry {
  readonly version: string;
  /** Where its archive is; relative ones start at the repository. */
  readonly urls: readonly string[];
  /** `sha256:…`; undefined when the index does not say. */
  readonly digest: string | undefined;
}

/** What an index says of one chart. */
export interface IndexReading {
  /** Newest first; undefined when there is no such chart. */
  readonly entries: readonly IndexEntry[] | undefined;
  /** The names of all charts, when this one is not among them. */
  readonly names: readonly string[];
}

/** More than this is not parsed as a whole: it would take many seconds. */
const WHOLE_AT_MOST = 5 * 1024 * 1024;

/**
 * Reads what the `index.yaml` of a repository says of one chart. Throws an error with the reason when it is no index.
 *
 * Indexes of public repositories have tens of megabytes of which one chart is a thousandth, so its part alone is parsed when the
 * file has the shape that Helm writes.
 */
export function readIndex(text: string, chart: string): IndexReading {
  const body = text.startsWith('{') ? undefined : bodyOf(text);
  const part = body === undefined ? undefined : partOf(body, chart);
  const entries = part === undefined ? undefined : entriesOf(attempted(part), chart);
  if (entries !== undefined) return { entries, names: [] };
  if (body !== undefined && text.length > WHOLE_AT_MOST) return { entries: undefined, names: namesIn(body) };
  const index: unknown = text.startsWith('{') ? JSON.parse(text) : parseYaml(text);
  if (!isRecord(index) || typeof index['apiVersion'] !== 'string') throw new Error('it has no apiVersion');
  const found = entriesOf(index, chart);
  return {
    entries: found,
    names: found === undefined && isRecord(index['entries']) ? Object.keys(index['entries']) : [],
  };
}

/** The lines below `entries:`, and how deep the names of charts stand in them. */
interface Body {
  readonly text: string;
  readonly indent: string;
}

/** Undefined when the file is written in another way than Helm's. */
function bodyOf(text: string): Body | undefined {
  const start = /^apiVersion: /m.test(text) ? /^entries:[ \t]*\r?\n/m.exec(text) : null;
  if (start === null) return undefined;
  const rest = text.slice(start.index + start[0].length);
  const indent = /^ +/.exec(rest)?.[0];
  if (indent === undefined) return undefined;
  const end = /\n[^\s#]/.exec(rest)?.index ?? rest.length;
  return { text: `\n${rest.slice(0, end)}\n`, indent };
}

/** The lines of one chart, up to the next name; items of a list may stand as deep as its name. */
function partOf({ text, indent }: Body, chart: string): string | undefined {
  const head = text.indexOf(`\n${indent}${chart}:`);
  if (head === -1) return undefined;
  const next = new RegExp(`\\n${indent}[^\\s#-]`, 'g');
  next.lastIndex = head + 1;
  return `entries:${text.slice(head, next.exec(text)?.index ?? text.length)}\n`;
}

function namesIn({ text, indent }: Body): readonly string[] {
  return [...text.matchAll(new RegExp(`\\n${indent}([\\w.-]+):`, 'g'))].map(([, name = '']) => name);
}

/** A part may lean on anchors outside of it; then the whole has to be read. */
function attempted(part: string): unknown {
  try {
    return parseYaml(part);
  } catch {
    return undefined;
  }
}

function entriesOf(index: unknown, chart: string): readonly IndexEntry[] | undefined {
  const all = isRecord(index) ? index['entries'] : undefined;
  const listed = isRecord(all) && Object.hasOwn(all, chart) ? all[chart] : undefined;
  if (!Array.isArray(listed)) return undefined;
  const entries = listed.flatMap((entry: unknown): { entry: IndexEntry; version: Version }[] => {
    if (!isRecord(entry)) return [];
    const written = String(entry['version']);
    const version = parseVersion(written);
    if (version === undefined) return [];
    const urls = Array.isArray(entry['urls']) ? entry['urls'].filter((url) => typeof url === 'string') : [];
    return [{ entry: { version: written, urls, digest: digestIn(entry['digest']) }, version }];
  });
  return entries.toSorted((a, b) => compareVersions(b.version, a.version)).map(({ entry }) => entry);
}

function digestIn(written: unknown): string | undefined {
  if (typeof written !== 'string' || written === '') return undefined;
  return written.includes(':') ? written : `sha256:${written}`;
}
