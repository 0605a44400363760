import { FunctionError, TemplateExecError, TemplateParseError } from '../template/template-error.ts';
import type { Tracer } from '../trace/tracer.ts';
import { quoteGo } from '../value/quote.ts';
import type { CallContext, Value } from '../value/value.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { RenderLimits } from './limits.ts';
import { refuseOverflow } from './overflow.ts';
import { State, TPL_NAME } from './state.ts';
import type { Run, Surroundings } from './state.ts';
import type { TemplateSet } from './template-set.ts';

/** Helm's own limit for one name; the next include fails. */
const MAX_INCLUDES_OF_ONE_NAME = 1000;

/** How templates are executed, besides what they reach. */
export interface EngineOptions {
  /** A key that a map does not have is an error instead of nil. */
  readonly isStrict?: boolean;
  readonly tracer?: Tracer | undefined;
  readonly limits?: Partial<RenderLimits> | undefined;
}

/** Executes templates of one set for one render. */
export class Engine {
  readonly #set: TemplateSet;
  readonly #run: Run;

  constructor(set: TemplateSet, context: CallContext, options: EngineOptions = {}) {
    this.#set = set;
    this.#run = {
      context,
      functions: set.functions,
      missingKeyIsError: options.isStrict ?? false,
      tracer: options.tracer,
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      includes: new Map(),
      steps: 0,
      characters: 0,
    };
  }

  /** Executes the template `name` and returns what it wrote. Throws `TemplateExecError` or `ChartError`. */
  execute(name: string, data: Value): string {
    const run = this.#run;
    run.includes.clear();
    const output = refuseOverflow(name, () => new TemplateCalls(run, this.#set).execute(name, data));
    run.characters += output.length;
    return output;
  }
}

/** `include`, `tpl` and `template` as they are for the templates of one set. */
class TemplateCalls implements Surroundings {
  readonly run: Run;
  readonly #set: TemplateSet;

  constructor(run: Run, set: TemplateSet) {
    this.run = run;
    this.#set = set;
  }

  find(name: string): ReturnType<TemplateSet['find']> {
    return this.#set.find(name);
  }

  execute(name: string, data: Value, caller?: State): string {
    const state = this.#enter(name, data, caller);
    state.template.body(state);
    if (caller === undefined) this.run.tracer?.recorder?.finished(name, state);
    else this.run.tracer?.recorder?.executed(state);
    return state.output;
  }

  #enter(name: string, data: Value, caller: State | undefined): State {
    const template = this.#set.find(name);
    if (template === undefined) {
      throw new FunctionError(`template: no template ${quoteGo(name)} associated with template ${quoteGo(TPL_NAME)}`);
    }
    return new State(template, this, data ?? undefined, caller);
  }

  include(name: string, data: Value, caller: State): string {
    const { includes } = this.run;
    const count = includes.get(name) ?? 0;
    if (count > MAX_INCLUDES_OF_ONE_NAME) {
      throw new FunctionError(`rendering template has a nested reference name: ${name}: unable to execute template`);
    }
    includes.set(name, count + 1);
    const state = this.#enter(name, data, caller);
    state.template.body(state);
    this.run.tracer?.recorder?.executed(state);
    includes.set(name, count);
    return state.output;
  }

  tpl(text: string, data: Value, caller: State): string {
    let derived: TemplateSet;
    try {
      derived = this.#set.derive(TPL_NAME, text);
    } catch (error) {
      if (!(error instanceof TemplateParseError)) throw error;
      throw new FunctionError(`cannot parse template ${quoteGo(text)}: ${error.message}`, { cause: error });
    }
    try {
      return new TemplateCalls(this.run, derived).execute(TPL_NAME, data, caller).replaceAll('<no value>', '');
    } catch (error) {
      if (!(error instanceof TemplateExecError)) throw error;
      const words = `error during tpl function execution for ${quoteGo(text)}: ${error.message}`;
      throw new FunctionError(words, { cause: error });
    }
  }
}
