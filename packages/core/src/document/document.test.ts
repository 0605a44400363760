import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { DOCUMENT_LIMIT_BYTES, readDocument } from './document.ts';

function refusal(text: string): Finding['error'] {
  const { document, findings } = readDocument('platform.yaml', text);
  const [finding] = findings;
  if (document !== undefined || finding === undefined) throw new TypeError('the document was accepted');
  expect(findings).toHaveLength(1);
  expect(finding.severity).toBe('error');
  return finding.error;
}

function value(text: string): unknown {
  const { document, findings } = readDocument('platform.yaml', text);
  expect(findings).toEqual([]);
  return document?.value;
}

/** Milliseconds that one call took. */
function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

describe('readDocument refuses', () => {
  it.each([
    ['an unclosed list', 'a: 1\nb: [1, 2\nc: 3\n', /indented|end with a \]/, 3, 1],
    ['an unclosed quote', 'a: "x\n', /quote/i, 2, 1],
    ['a tab as indentation', 'a:\n\tb: 1\n', /Tabs are not allowed/, 2, 1],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', /unique/, 3, 1],
    ['a key that stands twice in depth', 'x:\n  a: 1\n  a: 2\n', /unique/, 3, 3],
    ['several documents', 'a: 1\n---\nb: 2\n', /more than one document/, 3, 1],
    ['an alias without an anchor', 'a: *nobody\n', /nobody/, 1, 4],
    ['an anchor that contains itself', 'a: &a [*a]\n', /contains itself/, 1, 8],
    ['wrong indentation', 'a:\n  b: 1\n c: 2\n', /./, 3, 1],
    ['a map as a key', '? {a: 1}\n: 2\n', /key/, 1, 3],
  ])('%s', (_, text, reason, line, column) => {
    const error = refusal(text);

    expect(error.code).toBe('DOCUMENT_MALFORMED');
    expect(error.message).toMatch(reason);
    expect(error.place).toEqual({ file: 'platform.yaml', line, column });
    expect(error.messageIn('ko')).toContain('platform.yaml 은(는) 올바른 YAML 이 아닙니다');
    expect(error.remedyIn('ko')).toBe('표시된 위치의 YAML 을 고치십시오.');
    expect(error.exitCode).toBe(2);
  });

  it('aliases that multiply, in bounded time', () => {
    const rows = Array.from({ length: 30 }, (_, row) =>
      row === 0 ? 'a0: &a0 [x, x, x]' : `a${row}: &a${row} [*a${row - 1}, *a${row - 1}, *a${row - 1}]`,
    );

    const milliseconds = timed(() => {
      const error = refusal(rows.join('\n'));
      expect(error.code).toBe('DOCUMENT_TOO_COMPLEX');
      expect(error.messageIn('ko')).toContain('platform.yaml 을(를) 거부합니다');
      expect(error.remedyIn('en')).toMatch(/aliases/);
    });

    expect(milliseconds).toBeLessThan(5000);
  });

  it.each([
    ['lists', '[', ']', 300],
    ['lists without an end', '[', '', 5000],
    ['maps', '{a: ', '}', 20_000],
    ['many lists', '[', ']', 100_000],
  ])('deep nesting of %s', (_, open, close, depth) => {
    const milliseconds = timed(() => {
      const error = refusal(`x: ${open.repeat(depth)}${close.repeat(depth)}`);
      expect(error.code).toBe('DOCUMENT_TOO_COMPLEX');
      expect(error.place?.file).toBe('platform.yaml');
    });

    expect(milliseconds).toBeLessThan(8000);
  });

  it('ten megabytes, at once', () => {
    const text = 'key: value\n'.repeat(1_000_000);

    const milliseconds = timed(() => {
      const error = refusal(text);
      expect(error.code).toBe('DOCUMENT_TOO_LARGE');
      expect(error.details).toEqual({ file: 'platform.yaml', bytes: text.length, limitBytes: DOCUMENT_LIMIT_BYTES });
      expect(error.place).toEqual({ file: 'platform.yaml', line: 1, column: 1 });
      expect(error.messageIn('ko')).toContain(`한도 ${DOCUMENT_LIMIT_BYTES}`);
    });

    expect(milliseconds).toBeLessThan(50);
  });
});

describe('readDocument reads', () => {
  it.each([
    ['nothing', '', null],
    ['comments alone', '# a\n# b\n', null],
    ['an empty document', '---\n', null],
    ['a document between its marks', '---\na: 1\n...\n', { a: 1 }],
    [
      'scalars as Kubernetes does',
      'a: yes\nb: 012\nc: 1.5\nd: ~\ne: "yes"\n',
      { a: true, b: 10, c: 1.5, d: null, e: 'yes' },
    ],
    ['an alias used twice', 'a: &x { c: 1 }\nb: *x\n', { a: { c: 1 }, b: { c: 1 } }],
    ['200 levels', `${'['.repeat(199)}1${']'.repeat(199)}`, JSON.parse(`${'['.repeat(199)}1${']'.repeat(199)}`)],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  ])('%s', (_, text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('a key such as `__proto__` as an ordinary key', () => {
    const read = value('__proto__: { polluted: true }\n');

    expect(Object.keys(Object(read))).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  it('any text without an exception', () => {
    const yamlish = fc.string({ unit: fc.constantFrom(...'ab:-[]{}#&*!|>\'"%@`,? \n\t\r<=1.0é가'), maxLength: 60 });
    fc.assert(
      fc.property(yamlish, (text) => {
        const { document, findings } = readDocument('f', text);
        expect(document === undefined).toBe(findings.length === 1);
        for (const { error } of findings) expect(error.place).toMatchObject({ file: 'f' });
      }),
      { numRuns: 500 },
    );
  });
});

describe('placeOf', () => {
  const { document } = readDocument('platform.yaml', '# head\nspec:\n  list:\n    - a\n    - b: 1\n  empty:\n');

  it.each([
    [[], 2, 1],
    [['spec'], 2, 1],
    [['spec', 'list'], 3, 3],
    [['spec', 'list', 0], 4, 7],
    [['spec', 'list', 1, 'b'], 5, 7],
    [['spec', 'empty'], 6, 3],
    [['spec', 'absent'], 2, 1],
    [['spec', 'list', 7], 3, 3],
    [['spec', 'empty', 'deep', 'deeper'], 6, 3],
    [['other', 'thing'], 2, 1],
  ])('%j is at line %i, column %i', (path, line, column) => {
    expect(document?.placeOf(path)).toEqual({ file: 'platform.yaml', line, column });
  });

  it('answers for an empty document too', () => {
    expect(readDocument('empty.yaml', '').document?.placeOf(['spec'])).toEqual({
      file: 'empty.yaml',
      line: 1,
      column: 1,
    });
  });
});
