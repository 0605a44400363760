import type { Language } from './language.ts';
import { definitionOf, type Details, type ErrorCode } from './catalogue.ts';

/** Where the cause stands in what the user wrote. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * An expected failure: it names its cause and says what to do next. Anything else that throws is a bug.
 *
 * `message` is English, for logs and stacks; `messageIn` and `remedyIn` word it for a person.
 */
export class NaruError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'NaruError';
  readonly code: C;
  readonly details: Details<C>;
  readonly place: Place | undefined;

  constructor(
    code: C,
    details: Details<C>,
    options: { readonly cause?: unknown; readonly place?: Place | undefined } = {},
  ) {
    super(definitionOf(code).en.message(details), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = details;
    this.place = options.place;
  }

  get exitCode(): 2 | 3 | 4 {
    return definitionOf(this.code).exitCode;
  }

  get retry(): 'never' | 'backoff' {
    return definitionOf(this.code).retry;
  }

  messageIn(language: Language): string {
    return definitionOf(this.code)[language].message(this.details);
  }

  remedyIn(language: Language): string {
    return definitionOf(this.code)[language].remedy(this.details);
  }
}
