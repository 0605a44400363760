/** What a person reads about one kind of failure, in one language. */
export interface Wording<D> {
  /** What is wrong, without a full stop; values that the user wrote are named. */
  readonly message: (details: D) => string;
  /** What to do next, as a sentence. */
  readonly remedy: (details: D) => string;
}

/** One row of the error table. */
export interface ErrorDefinition<D> {
  readonly en: Wording<D>;
  readonly ko: Wording<D>;
  /** 2: the user must change something; 3: the environment must change; 4: stopped half-way and resumable. */
  readonly exitCode: 2 | 3 | 4;
  /** Whether running the same command again may succeed without any change. */
  readonly retry: 'never' | 'backoff';
}

/** Fixes the type of a row's details; the table itself stays a plain object. */
export function define<D>(definition: ErrorDefinition<D>): ErrorDefinition<D> {
  return definition;
}

/** The English tail of a message about a misspelt name; empty without a suggestion. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
}

/** The Korean tail of a message about a misspelt name; empty without a suggestion. */
export function maybeMeant(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `. 혹시 \`${suggestion}\` 입니까?`;
}
