import type { ChartPlace } from '../error/chart-error.ts';
import { utf8Length } from '../value/utf8.ts';
import type { TemplateSource } from './node.ts';

/** A parse error in Go's words: `template: NAME:LINE: REASON`. */
export class TemplateParseError extends Error {
  readonly place: ChartPlace;

  constructor(source: TemplateSource, position: number, reason: string) {
    const line = lineAt(source.text, position);
    super(`template: ${source.name}:${line}: ${reason}`);
    this.place = { file: source.name, line, column: position - source.text.lastIndexOf('\n', position - 1) };
  }
}

/** An execution error in Go's words; `cause` is the error of the template or function that was called. */
export class TemplateExecError extends Error {
  readonly place: ChartPlace | undefined;

  constructor(message: string, place: ChartPlace | undefined, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.place = place;
  }
}

/** A failure inside a function. The engine adds the place and the function's name. */
export class FunctionError extends Error {}

/** The place of `position`, and Go's words for it: the column counts bytes from zero. */
export function locate(source: TemplateSource, position: number): { place: ChartPlace; location: string } {
  const lineStart = source.text.lastIndexOf('\n', position - 1) + 1;
  const line = lineAt(source.text, position);
  const bytes = utf8Length(source.text.slice(position === 0 ? 0 : lineStart, position));
  return {
    place: { file: source.name, line, column: position - lineStart + 1 },
    location: `${source.name}:${line}:${bytes}`,
  };
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
