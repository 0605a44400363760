import type { Language } from '@naru/core';
import type { Io } from './io.ts';
import type { Messages } from './language/messages.ts';
import type { Paint } from './printers/paint.ts';

/** How a person wants to be told. */
export type Wording = Pick<Context, 'language' | 'messages' | 'paint'>;

/** What a command works with: the world, and how this person wants to be told. */
export interface Context {
  readonly io: Io;
  readonly language: Language;
  readonly messages: Messages;
  readonly paint: Paint;
  /** The command line as it was typed, for "continue with". */
  readonly typed: string;
}
