import { ChartError } from '../error/chart-error.ts';
import { describeNode } from '../template/describe-node.ts';
import type { ArgNode, CommandNode, ListNode, StatementNode, TemplateSource } from '../template/node.ts';
import { FunctionError, locate, TemplateExecError } from '../template/template-error.ts';
import type { Segment } from '../trace/origin-recorder.ts';
import type { PathNode, ReadSite } from '../trace/path-node.ts';
import type { Tracer } from '../trace/tracer.ts';
import { quoteGo } from '../value/quote.ts';
import type { CallContext, GoFunction, Value } from '../value/value.ts';
import { isLargerThan } from './limits.ts';
import type { RenderLimits } from './limits.ts';

/** What templates that `tpl` is given as a text are called. */
export const TPL_NAME = 'gotpl';

/** What a statement tells the loop around it. */
export type Signal = 'next' | 'break' | 'continue';

/** A statement, ready to run. */
export type Statement = (state: State) => Signal;

/** An expression, ready to run; `final` is what the pipeline carries into it. */
export type Expression = (state: State, final?: Value) => Value;

export interface CompiledTemplate {
  readonly name: string;
  readonly source: TemplateSource;
  readonly root: ListNode;
  readonly body: Statement;
}

/** What all template executions of one render share. */
export interface Run {
  readonly context: CallContext;
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly missingKeyIsError: boolean;
  /** Told of every read, when the render is to say what it read. */
  readonly tracer: Tracer | undefined;
  readonly limits: RenderLimits;
  /** How often each name is being included right now. */
  readonly includes: Map<string, number>;
  steps: number;
  /** Written by the templates that are done. */
  characters: number;
}

/** The other templates that a template sees. */
export interface Surroundings {
  readonly run: Run;
  readonly find: (name: string) => CompiledTemplate | undefined;
  /** Executes the named template and returns what it wrote. */
  readonly include: (name: string, data: Value, caller: State) => string;
  /** Executes `text` as a template that sees the same definitions. */
  readonly tpl: (text: string, data: Value, caller: State) => string;
}

type AnyNode = ArgNode | CommandNode | StatementNode;

export const NO_READS: readonly PathNode[] = [];
/** Shared by all that record nothing, and so never written to. */
const NO_VARIABLE_READS: (readonly PathNode[] | undefined)[] = [];
const NO_SEGMENTS: Segment[] = [];

/** One execution of one template: its variables, its dot and what it has written. */
export class State {
  readonly run: Run;
  readonly template: CompiledTemplate;
  readonly surroundings: Surroundings;
  readonly depth: number;
  readonly variables: Value[];
  /** For the text of a `tpl`, which has no file of its own: where the outermost `tpl` stands. */
  readonly textSite: ReadSite | undefined;
  dot: Value;
  /** What was read to get the dot and the variables; kept only when the render is to say where its output comes from. */
  dotReads: readonly PathNode[];
  readonly variableReads: (readonly PathNode[] | undefined)[];
  readonly segments: Segment[];
  /** What was read for the data of the template that is executed next. */
  passedReads: readonly PathNode[] = NO_READS;
  output = '';
  /** The node that Go would name in an error now. */
  node: AnyNode | undefined;

  constructor(template: CompiledTemplate, surroundings: Surroundings, data: Value, caller: State | undefined) {
    const { run } = surroundings;
    this.run = run;
    this.template = template;
    this.surroundings = surroundings;
    this.depth = caller === undefined ? 0 : caller.depth + 1;
    this.dot = data;
    this.variables = [data];
    const isText = caller !== undefined && run.tracer !== undefined && template.source.name === TPL_NAME;
    this.textSite = isText ? (caller.textSite ?? { node: caller.node, template: caller.template }) : undefined;
    const isRecorded = run.tracer?.recorder !== undefined;
    this.dotReads = caller?.passedReads ?? NO_READS;
    this.variableReads = isRecorded ? [this.dotReads] : NO_VARIABLE_READS;
    this.segments = isRecorded ? [] : NO_SEGMENTS;
    if (this.depth >= run.limits.nestedTemplates) this.exceed('nested templates', run.limits.nestedTemplates);
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
    const { characters, limits } = this.run;
    if (this.output.length + characters > limits.outputCharacters) {
      this.exceed('characters of output', limits.outputCharacters);
    }
  }

  /** `value` is used, for which `reads` were made; what is in a container is read later, if at all. */
  use(value: Value, reads: readonly PathNode[] | undefined): Value {
    if (reads !== undefined && reads.length > 0 && typeof value !== 'object') this.run.tracer?.recorder?.read(reads);
    return value;
  }

  /** Counts an action, a call or a round of a loop. */
  step(count = 1): void {
    this.run.steps += count;
    if (this.run.steps > this.run.limits.steps) this.exceed('steps', this.run.limits.steps);
  }

  /** Stops when one of `values`, which something is about to go through, has too many entries. */
  weigh(values: readonly Value[]): void {
    const { entries } = this.run.limits;
    for (const value of values) {
      if (typeof value === 'object' && isLargerThan(value, entries)) this.exceed('entries', entries);
    }
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
