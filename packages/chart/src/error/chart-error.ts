import { chartErrorDefinition } from './catalogue.ts';
import type { ChartErrorCode, ChartErrorDetails } from './catalogue.ts';

/** Where the cause stands. Lines and columns count from 1; the file is a path inside the chart, or the name of a YAML text. */
export interface ChartPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface ChartErrorOptions {
  readonly cause?: unknown;
  readonly place?: ChartPlace | undefined;
  readonly others?: readonly ChartError[];
}

/**
 * An expected failure of this package: a chart, a template, values or YAML that cannot be used as they are.
 *
 * `message` is English and uses Helm's words where Helm has words, so that a search for it finds Helm's answers.
 */
export class ChartError<C extends ChartErrorCode = ChartErrorCode> extends Error {
  override readonly name = 'ChartError';
  readonly code: C;
  readonly details: ChartErrorDetails<C>;
  readonly place: ChartPlace | undefined;
  /** What else is wrong with the same chart. This error is the one that Helm names. */
  readonly others: readonly ChartError[];

  constructor(code: C, details: ChartErrorDetails<C>, options: ChartErrorOptions = {}) {
    super(
      chartErrorDefinition(code).en.message(details),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.details = details;
    this.place = options.place;
    this.others = options.others ?? [];
  }

  /** The chart-relative file, line and column, when the cause has a place. */
  get template(): string | undefined {
    return this.place?.file;
  }

  get line(): number | undefined {
    return this.place?.line;
  }

  get column(): number | undefined {
    return this.place?.column;
  }

  messageIn(language: 'en' | 'ko'): string {
    return chartErrorDefinition(this.code)[language].message(this.details);
  }

  remedyIn(language: 'en' | 'ko'): string {
    return chartErrorDefinition(this.code)[language].remedy(this.details);
  }
}
