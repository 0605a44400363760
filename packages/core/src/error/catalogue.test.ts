import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERRORS } from './catalogue.ts';

/** What rows are told here where a text will not do: a detail that is not named here is its own name in angle brackets. */
const TOLD: Readonly<Record<string, unknown>> = {
  messageKo: '한국어',
  remedyKo: '한국어로 고치십시오.',
  retryAfterSeconds: 6,
  expected: 'map',
  found: 'list',
  status: { code: 'replicas', of: 'ready', have: 1, want: 2 },
  cause: { pod: '<pod>', reason: '<why>', message: '<text>' },
  causes: [{ field: '<field>', reason: '<why>' }],
  owners: [{ field: '<field>', manager: '<manager>' }],
  looked: ['<place>'],
};
/** Rows whose details are lists of names where others have a text. */
const LISTED: ReadonlySet<string> = new Set(['CONTEXT_UNKNOWN', 'CONTEXT_UNSET']);
/** Rows that repeat what somebody else said, in that language: a usage error is worded by whoever found it. */
const REPEATING: ReadonlySet<string> = new Set(['USAGE_INVALID']);
const HANGUL = /[가-힣]/;

const PACKAGES = fileURLToPath(new URL('../../../', import.meta.url));
const FAMILY = /^core\/src\/error\/[a-z]+-errors\.ts$/;
/** Every shipped source of every package. */
const shipped = readdirSync(PACKAGES)
  .flatMap((name) =>
    readdirSync(`${PACKAGES}${name}/src`, { recursive: true, encoding: 'utf8' }).map(
      (path) => `${name}/src/${path.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => /(?<!\.test)\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(`${PACKAGES}${path}`, 'utf8') }));
const families = shipped.filter(({ path }) => FAMILY.test(path));
const sources = shipped.filter(({ path }) => !FAMILY.test(path));

type Language = 'en' | 'ko';

interface Row {
  readonly code: string;
  readonly exitCode: number;
  readonly retry: string;
  readonly word: (language: Language, what: 'message' | 'remedy') => string;
}

const rows = Object.entries(ERRORS).map(([code, row]): Row => {
  const told = LISTED.has(code) ? { ...TOLD, known: ['<known>'] } : TOLD;
  const details = new Proxy(told, {
    get: (target, name): unknown => (typeof name === 'string' && name in target ? target[name] : `<${String(name)}>`),
  });
  return {
    code,
    exitCode: row.exitCode,
    retry: row.retry,
    // Each row asks for details of its own; this table answers for them all.
    word: (language, what) => (row[language][what] as (details: unknown) => string)(details),
  };
});

describe('the error table', () => {
  it.each(rows)('words $code in both languages', ({ code, word }) => {
    const said = (['en', 'ko'] as const).flatMap((language) => [word(language, 'message'), word(language, 'remedy')]);

    for (const text of said) {
      expect(text.trim()).toBe(text);
      expect(text).not.toMatch(/undefined|\[object|NaN|^$/);
    }
    const [message, remedy, koreanMessage = '', koreanRemedy = ''] = said;
    expect(`${message}${remedy}`).not.toMatch(HANGUL);
    if (!REPEATING.has(code)) expect(koreanMessage).toMatch(HANGUL);
    expect(message).not.toMatch(/\.$/);
    expect(koreanMessage).not.toMatch(/\.$/);
    if (code !== 'CHART_REFUSED' && code !== 'CREDENTIAL_PLUGIN_FAILED') {
      expect(remedy).toMatch(/[.]$/);
      expect(koreanRemedy).toMatch(/(십시오|니다|: .*)\.$/);
    }
  });

  it.each(rows)('names what the user wrote in the message of $code in Korean as in English', ({ code, word }) => {
    // What a library words comes in both languages under two names.
    const named = (text: string): readonly string[] =>
      [...new Set(text.match(/<\w+>/g)?.map((name) => name.replace(/(?:En|Ko)>$/, '>')))].toSorted();
    if (code === 'CHART_REFUSED') return; // all of its words are the chart engine's

    expect(named(word('ko', 'message'))).toEqual(named(word('en', 'message')));
    expect(named(word('ko', 'remedy'))).toEqual(named(word('en', 'remedy')));
  });

  it.each(rows)('gives $code an exit code and a retry class that fit together', ({ exitCode, retry }) => {
    expect([2, 3, 4]).toContain(exitCode);
    expect(['never', 'backoff']).toContain(retry);
    // What stopped half-way continues when the same command runs again.
    if (exitCode === 4) expect(retry).toBe('backoff');
  });

  it('defines each code in one family', () => {
    // Read from the files: a spread would hide the first of two rows of one code.
    const codes = families.flatMap(({ text }) =>
      [...text.matchAll(/^ {2}([A-Z_]+): define/gm)].map(([, code = '']) => code),
    );

    expect(families.length).toBeGreaterThan(4);
    expect(codes.toSorted()).toEqual(Object.keys(ERRORS).toSorted());
  });

  it.each(Object.keys(ERRORS))('%s is used', (code) => {
    expect(sources.some(({ text }) => text.includes(`'${code}'`))).toBe(true);
  });
});
