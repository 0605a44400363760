/** What a person reads about one kind of failure, in one language. */
export interface ChartWording<D> {
  /** What is wrong, without a full stop, in Helm's words where Helm has words. */
  readonly message: (details: D) => string;
  /** What to do next, as a sentence. */
  readonly remedy: (details: D) => string;
}

/** One row of the table: the same shape as the table of `@naru/core`, which turns these rows into Naru's own. */
export interface ChartErrorDefinition<D> {
  readonly en: ChartWording<D>;
  readonly ko: ChartWording<D>;
  readonly exitCode: 2;
  readonly retry: 'never';
}

/** Every chart error is the author's to mend: running again without a change cannot help. */
export function define<D>(en: ChartWording<D>, ko: ChartWording<D>): ChartErrorDefinition<D> {
  return { en, ko, exitCode: 2, retry: 'never' };
}
