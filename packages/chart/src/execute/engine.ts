import { ChartError } from '../error/chart-error.ts';
import { FunctionError, TemplateExecError, TemplateParseError } from '../template/template-error.ts';
import type { Tracer } from '../trace/tracer.ts';
import { quoteGo } from '../value/quote.ts';
import type { CallContext, Value } from '../value/value.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { RenderLimits } from './limits.ts';
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
      deepest: 0,
    };
  }

  /** Executes the template `name` and returns what it wrote. Throws `TemplateExecError` or `ChartError`. */
  execute(name: string, data: Value): string {
    const run = this.#run;
    run.deepest = 0;
    run.includes.clear();
    try {
      const output = new TemplateCalls(run, this.#set).execute(name, data);
      run.characters += output.length;
      return output;
    } catch (error) {
      throw isOverflow(error) ? overflow(error, run, name) : error;
    }
  }
}

/** What a JavaScript machine says when its stack, a text or a list becomes too large. */
function isOverflow(error: unknown): error is Error {
  return error instanceof RangeError || (error instanceof Error && error.name === 'InternalError');
}

function overflow(cause: Error, { deepest, limits }: Run, name: string): ChartError {
  const options = { cause, place: { file: name, line: 1, column: 1 } };
  if (!/stack|recursion/.test(cause.message)) {
    return new ChartError('TEMPLATE_LIMIT_EXCEEDED', { what: 'characters', limit: limits.characters }, options);
  }
  return new ChartError('TEMPLATE_LIMIT_EXCEEDED', { what: 'nested templates', limit: deepest }, options);
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
    const template = this.#set.find(name);
    if (template === undefined) {
      throw new FunctionError(`template: no template ${quoteGo(name)} associated with template ${quoteGo(TPL_NAME)}`);
    }
    const state = new State(template, this, data ?? undefined, caller);
    template.body(state);
    return state.output;
  }

  include(name: string, data: Value, caller: State): string {
    const { includes } = this.run;
    const count = includes.get(name) ?? 0;
    if (count > MAX_INCLUDES_OF_ONE_NAME) {
      throw new FunctionError(`rendering template has a nested reference name: ${name}: unable to execute template`);
    }
    includes.set(name, count + 1);
    const output = this.execute(name, data, caller);
    includes.set(name, count);
    return output;
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
