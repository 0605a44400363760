import { AUTHOR_MESSAGE } from '../functions/helm.ts';
import { ChartError } from '../error/chart-error.ts';
import { TemplateExecError, TemplateParseError } from '../template/template-error.ts';

/** A parse error as Helm words it, with what is wrong in other templates beside it. */
export function parseFailure(error: TemplateParseError, others: readonly TemplateParseError[] = []): ChartError {
  const [, location = ''] = error.message.split(': ');
  const last = error.message.slice(error.message.lastIndexOf(': ') + 2);
  const reason = `parse error at (${location}): ${last}`;
  const options = { cause: error, place: error.place, others: others.map((other) => parseFailure(other)) };
  return new ChartError('TEMPLATE_INVALID', { reason }, options);
}

/** An execution error as Helm words it: what the author wrote alone, or the calls that led to it, one per line. */
export function executionFailure(error: TemplateExecError): ChartError {
  const reason = authorMessage(error.message) ?? callChain(error) ?? error.message;
  return new ChartError('TEMPLATE_FAILED', { reason }, { cause: error, place: deepestPlace(error) });
}

function authorMessage(message: string): string | undefined {
  const [, location = '', ...rest] = message.split(': ');
  const text = rest.join(': ');
  const start = text.indexOf(AUTHOR_MESSAGE.start);
  const end = text.lastIndexOf(AUTHOR_MESSAGE.end);
  if (start < 0 || end < start) return undefined;
  return `execution error at (${location}): ${text.slice(start + AUTHOR_MESSAGE.start.length, end)}`;
}

/** Helm's several lines; nothing when some link of the chain is no template error, and Helm shows the message as it is. */
function callChain(error: TemplateExecError): string | undefined {
  const lines: string[] = [];
  let current: unknown = error;
  while (current instanceof Error) {
    const link = describeLink(current.message);
    if (link === undefined) return undefined;
    if (lines.at(-1) !== link) lines.push(link);
    current = current.cause;
  }
  return lines.join('').trim();
}

function describeLink(message: string): string | undefined {
  if (!message.startsWith('template: ')) return undefined;
  const rest = message.slice('template: '.length);
  if (rest.startsWith('no template ')) return `${message}\n`;
  const executing = /^([^]*?): executing "([^"]*)" at <([^]*?)>: ([^]*)$/.exec(rest);
  if (executing !== null) {
    const [, location, name, node, reason = ''] = executing;
    return `${location}\n  executing "${name}" at <${node}>:\n    ${cut(reason)}\n`;
  }
  const separator = rest.lastIndexOf(': ');
  return separator < 0 ? undefined : `${rest.slice(0, separator)}\n  ${cut(rest.slice(separator + 2))}\n`;
}

function cut(reason: string): string {
  const next = reason.indexOf(' template:');
  return next < 0 ? reason : reason.slice(0, next);
}

function deepestPlace(error: TemplateExecError): ChartError['place'] {
  let { place } = error;
  for (let current: unknown = error.cause; current instanceof Error; current = current.cause) {
    if (!(current instanceof TemplateExecError) && !(current instanceof TemplateParseError)) continue;
    // The text of a `tpl` has no file of its own; the call has.
    if (current.place !== undefined && current.place.file !== 'gotpl') ({ place } = current);
  }
  return place;
}
