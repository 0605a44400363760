import { ChartError } from '../error/chart-error.ts';
import { FunctionError, TemplateExecError, TemplateParseError } from '../template/template-error.ts';
import { quoteGo } from '../value/quote.ts';
import type { CallContext, Value } from '../value/value.ts';
import { LIMITS, State } from './state.ts';
import type { Run } from './state.ts';
import type { TemplateSet } from './template-set.ts';

/** Helm's own limit for one name; the next include fails. */
const MAX_INCLUDES_OF_ONE_NAME = 1000;
const TPL_NAME = 'gotpl';

export type Surroundings = Omit<CallContext, 'include' | 'tpl'>;

/** Executes templates of one set for one render: `include` and `tpl` come back here. */
export class Engine {
  readonly #run: Run;
  readonly #surroundings: Surroundings;
  readonly #included = new Map<string, number>();
  #depth = 0;

  constructor(set: TemplateSet, surroundings: Surroundings) {
    this.#run = { functions: set.functions, missingKeyIsError: false, iterations: 0 };
    this.#surroundings = surroundings;
  }

  /** Executes the template `name` and returns what it wrote. Throws `TemplateExecError` or `ChartError`. */
  execute(set: TemplateSet, name: string, data: Value): string {
    const template = set.find(name);
    if (template === undefined) {
      throw new FunctionError(`template: no template ${quoteGo(name)} associated with template ${quoteGo(TPL_NAME)}`);
    }
    if (this.#depth >= LIMITS.templateDepth) {
      throw new ChartError('TEMPLATE_LIMIT_EXCEEDED', { what: 'nested templates', limit: LIMITS.templateDepth });
    }
    const state = new State({
      run: this.#run,
      template,
      find: (wanted) => set.find(wanted),
      context: this.#contextFor(set),
      depth: 0,
      data: data ?? undefined,
    });
    this.#depth++;
    try {
      template.body(state);
    } finally {
      this.#depth--;
    }
    return state.output;
  }

  #contexts = new WeakMap<TemplateSet, CallContext>();

  #contextFor(set: TemplateSet): CallContext {
    const known = this.#contexts.get(set);
    if (known !== undefined) return known;
    const context: CallContext = {
      ...this.#surroundings,
      include: (name, data) => this.#include(set, name, data),
      tpl: (text, data) => this.#tpl(set, text, data),
    };
    this.#contexts.set(set, context);
    return context;
  }

  #include(set: TemplateSet, name: string, data: Value): string {
    const count = this.#included.get(name) ?? 0;
    if (count > MAX_INCLUDES_OF_ONE_NAME) {
      throw new FunctionError(`rendering template has a nested reference name: ${name}: unable to execute template`);
    }
    this.#included.set(name, count + 1);
    try {
      return this.execute(set, name, data);
    } finally {
      this.#included.set(name, (this.#included.get(name) ?? 1) - 1);
    }
  }

  #tpl(set: TemplateSet, text: string, data: Value): string {
    let derived: TemplateSet;
    try {
      derived = set.derive(TPL_NAME, text);
    } catch (error) {
      if (!(error instanceof TemplateParseError)) throw error;
      throw new FunctionError(`cannot parse template ${quoteGo(text)}: ${error.message}`, { cause: error });
    }
    try {
      return this.execute(derived, TPL_NAME, data).replaceAll('<no value>', '');
    } catch (error) {
      if (!(error instanceof TemplateExecError)) throw error;
      const words = `error during tpl function execution for ${quoteGo(text)}: ${error.message}`;
      throw new FunctionError(words, { cause: error });
    }
  }
}
