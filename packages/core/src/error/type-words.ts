/** What kind of value stands in a document, as a person would call it. */
export type TypeWord = 'string' | 'number' | 'integer' | 'boolean' | 'list' | 'map' | 'nothing';

const ENGLISH: Record<TypeWord, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  list: 'a list',
  map: 'a map',
  nothing: 'nothing',
};

const KOREAN: Record<TypeWord, string> = {
  string: '문자열',
  number: '숫자',
  integer: '정수',
  boolean: 'true 또는 false',
  list: '목록',
  map: '맵',
  nothing: '빈 값',
};

export function typeIn(language: 'en' | 'ko', word: TypeWord): string {
  return language === 'en' ? ENGLISH[word] : KOREAN[word];
}

export function typeWordOf(value: unknown): TypeWord {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'string';
}
