import { ChartError, parseYamlDocuments, type YamlDocument } from '@naru/chart';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';

/** Larger documents are refused before they are parsed; a platform file of this size is a mistake. */
export const DOCUMENT_LIMIT_BYTES = 2 * 1024 * 1024;

/** Deeper documents are refused: everything that walks them may then do so by recursion. */
const NESTING_LIMIT = 200;
const TOO_DEEP = `more than ${NESTING_LIMIT} levels of nesting`;

export type Path = readonly (string | number)[];

/** One YAML document that a person wrote, with the place of everything in it. */
export interface Document {
  readonly file: string;
  /** As it was written. */
  readonly text: string;
  readonly value: unknown;
  /** The place of the key or item at `path`; of its nearest parent when it is not there. */
  placeOf(path: Path): Place;
}

/** A document, or what is wrong with its YAML. */
export type Reading =
  | { readonly document: Document; readonly findings: readonly [] }
  | { readonly document: undefined; readonly findings: readonly Finding[] };

/**
 * Reads one YAML document with the scalars of YAML 1.1, as Kubernetes does.
 *
 * Refuses syntax errors, tabs as indentation, duplicate keys, several documents in one file, deep nesting,
 * and aliases that expand to much more than they show.
 */
export function readDocument(file: string, text: string): Reading {
  const start: Place = { file, line: 1, column: 1 };
  if (text.length > DOCUMENT_LIMIT_BYTES) {
    const details = { file, bytes: text.length, limitBytes: DOCUMENT_LIMIT_BYTES };
    return refused(new NaruError('DOCUMENT_TOO_LARGE', details, { place: start }));
  }
  try {
    const [first, second] = parseYamlDocuments(text, { file, uniqueKeys: true });
    if (second !== undefined) {
      const place = { file, ...second.position };
      return refused(new NaruError('DOCUMENT_MALFORMED', { file, reason: 'more than one document' }, { place }));
    }
    if (isDeeperThan(NESTING_LIMIT, first?.value)) {
      const details = { file, reason: TOO_DEEP };
      return refused(new NaruError('DOCUMENT_TOO_COMPLEX', details, { place: { ...start, ...first?.position } }));
    }
    return { document: documentOf(file, text, first), findings: [] };
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const { line = 1, column = 1 } = error;
    const reason = /call stack/.test(error.message) ? TOO_DEEP : error.message;
    const details = { file, reason };
    const place = { file, line, column };
    return refused(
      isExhaustion(error)
        ? new NaruError('DOCUMENT_TOO_COMPLEX', details, { place, cause: error })
        : new NaruError('DOCUMENT_MALFORMED', details, { place, cause: error }),
    );
  }
}

/** Aliases that multiply (in go-yaml's words), and nesting that exhausts the parser's stack. */
function isExhaustion({ code, message }: ChartError): boolean {
  return code === 'YAML_TOO_LARGE' || /excessive aliasing|call stack/.test(message);
}

function isDeeperThan(limit: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function documentOf(file: string, text: string, parsed: YamlDocument | undefined): Document {
  return {
    file,
    text,
    value: parsed?.value ?? null,
    placeOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const position = parsed?.positionOf(path.slice(0, length));
        if (position !== undefined) return { file, ...position };
      }
      return { file, line: 1, column: 1, ...parsed?.position };
    },
  };
}

function refused(error: NaruError): Reading {
  return { document: undefined, findings: [findingOf(error)] };
}
