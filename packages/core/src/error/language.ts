/** The languages that every message exists in. */
export type Language = 'en' | 'ko';
