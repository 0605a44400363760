import { isCollection, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, YAMLParseError } from 'yaml';
import { ChartError } from '../error/chart-error.ts';
import type { ChartPlace } from '../error/chart-error.ts';
import { toPlain } from '../value/convert.ts';
import type { Value } from '../value/value.ts';
import { indentContinuations } from './indent-continuations.ts';
import { locatorIn, offsetOf } from './locator.ts';
import { isNestedBeyond } from './nesting.ts';
import { NodeReader } from './read-node.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import { describeCharacters } from './yaml-characters.ts';
import { describeYamlError } from './yaml-fault.ts';

export interface YamlPosition {
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  /** Plain JavaScript, as Kubernetes reads it: YAML 1.1 scalars, string keys, numbers as JSON has them. */
  readonly value: unknown;
  /** Where the document's content starts. */
  readonly position: YamlPosition;
  /** Where the value at `path` stands; for an entry of a map, the place of its key. */
  readonly positionOf: (path: readonly (string | number)[]) => YamlPosition | undefined;
}

export interface YamlOptions {
  /** Names the text in errors. */
  readonly file?: string;
  /** Refuse a key that stands twice in one map; Go takes the last one. */
  readonly uniqueKeys?: boolean;
}

/** Far more than the largest document of any known chart has; what is larger would take many seconds to read. */
export const MAX_YAML_CHARACTERS = 5 * 1024 * 1024;
const MAX_NESTING = 1000;

/** Reads the first document of `text` as Go's `sigs.k8s.io/yaml` does. Throws `YAML_INVALID` or `YAML_TOO_LARGE`. */
export function parseYaml(text: string, options: YamlOptions = {}): unknown {
  return toPlain(readYaml(text, options));
}

/** The first document as Go values; nil when there is none. */
export function readYaml(text: string, options: YamlOptions = {}): Value {
  const simple = readSimply(text, options);
  return simple === undefined ? readAnyYaml(text, options) : simple.value;
}

function readSimply(text: string, { uniqueKeys }: YamlOptions): ReturnType<typeof readSimpleYaml> {
  return text.length > MAX_YAML_CHARACTERS ? undefined : readSimpleYaml(text, uniqueKeys);
}

/** The same for YAML of every form, at ten times the cost. Refuses in Go's words, as Helm shows them. */
export function readAnyYaml(text: string, options: YamlOptions = {}): Value {
  const { documents, ...wording } = composeAsGo(text, options);
  const [first] = documents;
  if (first === undefined) return null;
  return read(first, { ...wording, isHarmless: (error) => isBehind(first, error) }, options);
}

/** Reads every document of `text`; empty documents are left out. Throws `YAML_INVALID` or `YAML_TOO_LARGE`. */
export function parseYamlDocuments(text: string, options: YamlOptions = {}): readonly YamlDocument[] {
  const { documents, ...wording } = compose(text, options);
  const { lines } = wording;
  return documents.flatMap((document) => {
    const value = read(document, wording, options);
    if (document.contents === null || value === null) return [];
    const at = (offset: number): YamlPosition => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    };
    const locate = locatorIn(document.contents);
    return [
      {
        value: toPlain(value),
        position: at(offsetOf(document.contents) ?? 0),
        positionOf: (path) => {
          const offset = locate(path);
          return offset === undefined ? undefined : at(offset);
        },
      },
    ];
  });
}

/** How what is wrong is said. */
interface Wording {
  readonly lines: LineCounter;
  /** What is not said at all. */
  readonly isHarmless?: (error: YAMLParseError) => boolean;
  readonly ofSyntax: (error: YAMLParseError) => string;
  readonly ofContent: (reason: string) => string;
}

interface Composed extends Wording {
  readonly documents: readonly Document.Parsed[];
}

const GO_PREFIX = 'error converting YAML to JSON: ';

/** As Go's `sigs.k8s.io/yaml` takes a text, and words what it does not take. */
function composeAsGo(text: string, options: YamlOptions): Composed {
  const refused = describeCharacters(text);
  if (refused !== undefined) {
    throw new ChartError('YAML_INVALID', { reason: `${GO_PREFIX}${refused}` }, placed(options, 1, 1));
  }
  return {
    ...composeLoosely(text, options),
    ofSyntax: (error) => `${GO_PREFIX}${describeYamlError(error, text)}`,
    ofContent: (reason) => `${GO_PREFIX}${/^(?:json:|unsupported map key)/.test(reason) ? '' : 'yaml: '}${reason}`,
  };
}

function compose(text: string, options: YamlOptions): Composed {
  if (text.length > MAX_YAML_CHARACTERS) {
    throw new ChartError('YAML_TOO_LARGE', { what: 'characters', limit: MAX_YAML_CHARACTERS }, placed(options, 1, 1));
  }
  if (isNestedBeyond(text, MAX_NESTING)) throw tooDeep(options);
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      version: '1.1',
      uniqueKeys: options.uniqueKeys ?? false,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
      strict: false,
    });
    return {
      documents: Array.isArray(documents) ? documents : [],
      lines,
      ofSyntax: ({ message }) => message,
      ofContent: (reason) => reason,
    };
  } catch (error) {
    throw refuseNesting(error, options);
  }
}

/** Takes lines that are indented too little for our reader, and not for Go's. */
function composeLoosely(text: string, options: YamlOptions): Composed {
  const composed = compose(text, options);
  const [error] = composed.documents.flatMap(({ errors }) => errors);
  if (error === undefined || !/^Flow |closing ["']/.test(error.message)) return composed;
  const retried = compose(indentContinuations(text), options);
  return retried.documents.some(({ errors }) => errors.length > 0) ? composed : retried;
}

function refuseNesting(error: unknown, options: YamlOptions): unknown {
  // The library's own recursion ends in a RangeError.
  return error instanceof RangeError ? tooDeep(options) : error;
}

function tooDeep(options: YamlOptions): ChartError {
  return new ChartError('YAML_TOO_LARGE', { what: 'levels of nesting', limit: MAX_NESTING }, placed(options, 1, 1));
}

function read(document: Document.Parsed, wording: Wording, options: YamlOptions): Value {
  const error = document.errors.find((one) => wording.isHarmless?.(one) !== true);
  if (error !== undefined) throw invalid(error, wording, options);
  try {
    return new NodeReader((reason, offset) => {
      const { line, col } = wording.lines.linePos(offset);
      throw new ChartError('YAML_INVALID', { reason: wording.ofContent(reason) }, placed(options, line, col));
    }).read(document.contents);
  } catch (failure) {
    throw refuseNesting(failure, options);
  }
}

/** Whether an error stands behind a document that is one scalar, or one pair of brackets: Go stops reading there. */
function isBehind({ contents }: Document.Parsed, { code, pos: [start] }: YAMLParseError): boolean {
  const isWhole = isScalar(contents) || (isCollection(contents) && contents.flow === true);
  return isWhole && code === 'UNEXPECTED_TOKEN' && start >= contents.range[1];
}

function invalid(error: YAMLParseError, { lines, ofSyntax }: Wording, options: YamlOptions): ChartError {
  const { line, col } = lines.linePos(error.pos[0]);
  return new ChartError('YAML_INVALID', { reason: ofSyntax(error) }, { ...placed(options, line, col), cause: error });
}

function placed(options: YamlOptions, line: number, column: number): { place: ChartPlace } {
  return { place: { file: options.file ?? 'YAML', line, column } };
}
