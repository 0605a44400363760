import { ChartError } from '../error/chart-error.ts';
import { describeNode } from '../template/describe-node.ts';
import type { ArgNode, CommandNode, StatementNode, TemplateSource } from '../template/node.ts';
import { FunctionError, locate, TemplateExecError } from '../template/template-error.ts';
import { quoteGo } from '../value/quote.ts';
import type { CallContext, GoFunction, Value } from '../value/value.ts';

/** What a statement tells the loop around it. */
export type Signal = 'next' | 'break' | 'continue';

/** A statement, ready to run. */
export type Statement = (state: State) => Signal;

/** An expression, ready to run; `final` is what the pipeline carries into it. */
export type Expression = (state: State, final?: Value) => Value;

export interface CompiledTemplate {
  readonly name: string;
  readonly source: TemplateSource;
  readonly body: Statement;
}

/** Bounds that a hostile chart runs into; an ordinary one stays far below them. */
export const LIMITS = {
  /** Go's own limit is 100,000, which no JavaScript stack holds. */
  templateDepth: 1000,
  iterations: 20_000_000,
  outputCharacters: 128 * 1024 * 1024,
} as const;

/** What all template executions of one render share. */
export interface Run {
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly missingKeyIsError: boolean;
  iterations: number;
}

type AnyNode = ArgNode | CommandNode | StatementNode;

/** One execution of one template: its variables, its dot and what it has written. */
export class State {
  readonly run: Run;
  readonly template: CompiledTemplate;
  readonly find: (name: string) => CompiledTemplate | undefined;
  readonly context: CallContext;
  readonly depth: number;
  readonly variables: Value[];
  dot: Value;
  output = '';
  /** The node that Go would name in an error now. */
  node: AnyNode | undefined;

  constructor(options: {
    readonly run: Run;
    readonly template: CompiledTemplate;
    readonly find: (name: string) => CompiledTemplate | undefined;
    readonly context: CallContext;
    readonly depth: number;
    readonly data: Value;
  }) {
    this.run = options.run;
    this.template = options.template;
    this.find = options.find;
    this.context = options.context;
    this.depth = options.depth;
    this.dot = options.data;
    this.variables = [options.data];
  }

  /** Stops the execution with an error in Go's words, placed at the current node. */
  fail(reason: string, cause?: unknown): never {
    const { name, source } = this.template;
    if (this.node === undefined) throw new TemplateExecError(`template: ${name}: ${reason}`, undefined, cause);
    const { place, location } = locate(source, this.node.position);
    const at = `executing ${quoteGo(name)} at <${describeNode(this.node)}>`;
    throw new TemplateExecError(`template: ${location}: ${at}: ${reason}`, place, cause);
  }

  write(text: string): void {
    this.output += text;
    if (this.output.length > LIMITS.outputCharacters) {
      this.exceed('characters of output', LIMITS.outputCharacters);
    }
  }

  countIteration(): void {
    if (++this.run.iterations > LIMITS.iterations) this.exceed('loop iterations', LIMITS.iterations);
  }

  exceed(what: string, limit: number): never {
    const place = this.node === undefined ? undefined : locate(this.template.source, this.node.position).place;
    throw new ChartError('TEMPLATE_LIMIT_EXCEEDED', { what, limit }, { place });
  }
}

/** Whether `error` is a failure that Go would report as `error calling NAME`. */
export function isCallFailure(error: unknown): error is Error {
  return error instanceof FunctionError || error instanceof TemplateExecError;
}
