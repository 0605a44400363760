import type { Origin } from '@naru/core';
import type { Messages } from '../language/messages.ts';
import { plainLine } from './plain.ts';

/** Where a value was set: its layer and its place, or the command line. */
export function originText(origin: Origin, { layers }: Messages): string {
  return [layers[origin.layer], placeText(origin)].filter((part) => part !== '').join(' ');
}

/** Empty for what the command line says, which has no place. */
export function placeText({ layer, file, line, column }: Origin): string {
  return layer === 'set' ? '' : `${plainLine(file)}:${line}:${column}`;
}
