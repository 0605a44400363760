import type { Language } from '@naru/core';
import { ENGLISH } from './english.ts';
import { KOREAN } from './korean.ts';
import type { Messages } from './messages.ts';

const MESSAGES: Readonly<Record<Language, Messages>> = { en: ENGLISH, ko: KOREAN };

export function messagesIn(language: Language): Messages {
  return MESSAGES[language];
}
