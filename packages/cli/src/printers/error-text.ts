import type { Finding, NaruError } from '@naru/core';
import type { Wording } from '../context.ts';
import type { FindingOutput } from './output.ts';
import { plain, plainLine } from './plain.ts';

/** Code, message, place, remedy, and nothing else. */
export function errorText(error: NaruError, { language, messages, paint }: Wording): string {
  const { code, place } = error;
  const at = place === undefined ? '' : `  ${messages.at} ${plainLine(place.file)}:${place.line}:${place.column}\n`;
  const message = plain(error.messageIn(language));
  const remedy = plain(error.remedyIn(language));
  return `${paint.red(code)}  ${message}\n${at}  ${messages.fix} ${remedy}\n`;
}

/** A finding as text; warnings and notes say what they are. */
export function findingText({ severity, error }: Finding, context: Wording): string {
  const text = errorText(error, context);
  return severity === 'error' ? text : `${context.messages.severities[severity]}: ${text}`;
}

/** A finding as data, in the language of the person. */
export function findingJson({ severity, error, waived }: Finding, { language }: Wording): FindingOutput {
  const { code, place } = error;
  const words = { message: error.messageIn(language), remedy: error.remedyIn(language) };
  return {
    code,
    severity,
    ...words,
    ...(place === undefined ? {} : { place: { file: place.file, line: place.line, column: place.column } }),
    ...(waived === undefined ? {} : { waived }),
  };
}
