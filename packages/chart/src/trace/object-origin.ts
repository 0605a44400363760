import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { splitManifests } from '../render/split-manifests.ts';
import { locate } from '../template/template-error.ts';
import type { Value } from '../value/value.ts';
import type { OriginRecorder, Segment, Written } from './origin-recorder.ts';
import type { PathNode } from './path-node.ts';
import type { ValuePath } from './read-trace.ts';
import { containerOf } from './tracer.ts';
import { printValue } from '../value/print.ts';

/** Where one rendered object comes from. */
export interface ObjectOrigin {
  readonly template: string;
  /** Which of the template's documents it is, counted from 1. */
  readonly document: number;
  /** The line of the template's own text with which the document begins, if it begins with a line of its text. */
  readonly line: number | undefined;
  readonly fields: readonly FieldOrigin[];
}

/** A scalar of an object, and the values that went into it. */
export interface FieldOrigin {
  /** Keys and list indexes in the object. */
  readonly field: ValuePath;
  /** Only values that are set. */
  readonly values: readonly ValuePath[];
}

/** Tells where the objects of one render come from. */
export interface OriginTrace {
  /**
   * The origin of one of the render's manifests or hooks.
   *
   * A value is said to go into a scalar when the action that wrote it read the value: itself, through a variable, the
   * dot of `with` and `range`, `tpl`, or the templates that it includes. Where an included text was only indented,
   * trimmed or quoted line by line, each line keeps its own values; where it was changed otherwise, every scalar of
   * the action has all of its values. What `toYaml` writes is followed down to the scalar where its key and text tell
   * which it is. Not followed are values that only decide (`if`), and scalars that travel inside of a dict or list.
   */
  readonly of: (manifest: { readonly template: string; readonly content: string }) => ObjectOrigin;
}

/** What the end of a render knows, from which origins are told. */
export interface OriginInput {
  readonly recorder: OriginRecorder;
  readonly root: PathNode;
  /** The value at a path, from the user or a chart's defaults. */
  readonly valueAt: (path: ValuePath) => Value;
}

const NO_VALUE = '<no value>';

/** Reads origins out of what was recorded, each when it is asked for. */
export function originTrace({ recorder, root, valueAt }: OriginInput): OriginTrace {
  let paths: ReadonlyMap<PathNode, ValuePath> | undefined;
  return {
    of: (manifest) => {
      paths ??= pathsBelow(root);
      const known = paths;
      const written = recorder.files.get(manifest.template) ?? { text: '', segments: [] };
      const { document, start } = findDocument(written.text, manifest.content);
      const at = (offset: number): number => rawOffset(written.text, start + offset);
      const fields = scalarsOf(manifest.content).flatMap(({ field, range: [from, to], text }) => {
        const reads = readsBetween(written, at(from), at(to));
        const values = [...reads].flatMap((node) => refine(known.get(node) ?? [], field, text, valueAt));
        return values.length === 0 ? [] : [{ field, values }];
      });
      return { template: manifest.template, document, line: lineAt(written, at(0)), fields };
    },
  };
}

function pathsBelow(root: PathNode): ReadonlyMap<PathNode, ValuePath> {
  const paths = new Map<PathNode, ValuePath>();
  const visit = (node: PathNode, path: ValuePath): void => {
    paths.set(node, path);
    for (const child of node.children) visit(child, [...path, child.key]);
  };
  visit(root, []);
  return paths;
}

function findDocument(raw: string, content: string): { document: number; start: number } {
  const text = raw.replaceAll(NO_VALUE, '');
  let start = 0;
  for (const [i, document] of splitManifests(text).entries()) {
    start = text.indexOf(document, start);
    if (document === content) return { document: i + 1, start };
    start += document.length;
  }
  return { document: 1, start: 0 };
}

/** The offset before the empty values were taken out of the output. */
function rawOffset(raw: string, offset: number): number {
  let result = offset;
  for (let at = raw.indexOf(NO_VALUE); at >= 0 && at <= result; at = raw.indexOf(NO_VALUE, at + NO_VALUE.length)) {
    result += NO_VALUE.length;
  }
  return result;
}

function lineAt({ segments }: Written, offset: number): number | undefined {
  const segment = segments.find(({ start, end }) => start <= offset && offset < end);
  if (segment === undefined || !segment.isText) return undefined;
  return locate(segment.template.source, segment.position + offset - segment.start).place.line;
}

interface Scalar {
  readonly field: ValuePath;
  readonly range: readonly [number, number];
  readonly text: string;
}

function scalarsOf(content: string): readonly Scalar[] {
  const { contents } = parseDocument(content, { version: '1.1', logLevel: 'silent' });
  const scalars: Scalar[] = [];
  const visit = (node: Node | null, field: ValuePath): void => {
    if (isScalar(node) && node.range !== null && node.range !== undefined) {
      scalars.push({ field, range: [node.range[0], node.range[1]], text: String(node.value) });
    } else if (isMap<Node, Node>(node)) {
      for (const { key, value } of node.items) visit(value, [...field, isScalar(key) ? String(key.value) : '']);
    } else if (isSeq<Node>(node)) {
      for (const [i, item] of node.items.entries()) visit(item, [...field, i]);
    }
  };
  visit(contents, []);
  return scalars;
}

/** What was read for the range of a text. */
function readsBetween({ segments }: Written, from: number, to: number): ReadonlySet<PathNode> {
  const reads = new Set<PathNode>();
  for (const segment of segments) {
    if (segment.isText || segment.end <= from || segment.start >= to) continue;
    for (const node of readsOfSegment(segment, from, to)) reads.add(node);
  }
  return reads;
}

function readsOfSegment(segment: Segment, from: number, to: number): Iterable<PathNode> {
  const [part, ...others] = segment.parts;
  if (part === undefined || others.length > 0 || segment.written === undefined) return segment.reads;
  const found = counterpart(segment.written, part.text, [from - segment.start, to - segment.start]);
  return found === undefined ? segment.reads : readsBetween(part, ...found);
}

/** The range of `original` that stands in `changed` at `range`, when all that was changed is white space around lines. */
function counterpart(
  changed: string,
  original: string,
  [from, to]: readonly [number, number],
): readonly [number, number] | undefined {
  const [there, here] = [linesOf(original), linesOf(changed)];
  if (there.length !== here.length || there.some(({ text }, i) => text !== here[i]?.text)) return undefined;
  const first = here.findIndex(({ start, text }) => start + text.length > from);
  const last = here.findLastIndex(({ start }) => start < to);
  const [a, b, c, d] = [here[first], there[first], here[last], there[last]];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [b.start + Math.max(0, from - a.start), d.start + Math.min(d.text.length, to - c.start)];
}

function linesOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  return [...text.matchAll(/[^\s](?:[^\n]*[^\s])?/g)].map((match) => ({ start: match.index, text: match[0] }));
}

/** `path` when it is set, or what lies below it at the end of `field` and prints as `text`. */
function refine(
  path: ValuePath,
  field: ValuePath,
  text: string,
  valueAt: OriginInput['valueAt'],
): readonly ValuePath[] {
  const value = valueAt(path);
  if (value === undefined) return [];
  if (containerOf(value) === undefined) return [path];
  for (let from = 0; from < field.length; from++) {
    const below = [...path, ...field.slice(from)];
    const found = valueAt(below);
    if (found !== undefined && containerOf(found) === undefined && printValue(found) === text) return [below];
  }
  return [path];
}
