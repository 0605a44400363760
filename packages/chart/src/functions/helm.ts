import type { Value } from '../value/value.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

/** Marks a message that the chart's author wrote; the engine shows it without the chain of calls. */
export const AUTHOR_MESSAGE = { start: 'HELM_ERR_START', end: 'HELM_ERR_END' } as const;

function refuseAsAuthor(message: string): never {
  return refuse(AUTHOR_MESSAGE.start + message + AUTHOR_MESSAGE.end);
}

function required(message: string, value: Value): Value {
  if (value === null || value === undefined || value === '') return refuseAsAuthor(message);
  return value;
}

/** These execute templates: the engine does that itself, and takes from here only what they must be given. */
const executedByEngine = fixed(['string', 'any'], () => refuse('only a template can call it'));

/** Helm's own functions that reach back into the render. */
export const HELM: FunctionTable = {
  include: executedByEngine,
  tpl: executedByEngine,
  required: fixed(['string', 'any'], (args) => required(text(args, 0), args[1])),
  fail: fixed(['string'], (args) => refuseAsAuthor(text(args, 0))),
  lookup: fixed(['string', 'string', 'string', 'string'], (args, context) =>
    context.lookup(text(args, 0), text(args, 1), text(args, 2), text(args, 3)),
  ),
};
