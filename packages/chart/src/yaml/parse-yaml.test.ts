import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { MAX_YAML_CHARACTERS, parseYaml, parseYamlDocuments } from './parse-yaml.ts';
import { stringifyYaml } from './stringify-yaml.ts';

function refusal(text: string, options = {}): ChartError {
  try {
    parseYaml(text, options);
  } catch (error) {
    if (error instanceof ChartError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseYaml', () => {
  it.each([
    ['yes', true],
    ['n', false],
    ['Off', false],
    ['~', null],
    ['', null],
    ['0777', 511],
    ['0o17', 15],
    ['0b11', 3],
    ['1_000', 1000],
    ['1e3', 1000],
    ['.5', 0.5],
    ['12:30', '12:30'],
    ['2001-01-01', '2001-01-01'],
    ['"yes"', 'yes'],
    ['!!str 5', '5'],
    ['!custom x', 'x'],
    ['18446744073709551615', 2 ** 64],
    ['08', 8],
    ['+', '+'],
  ])('reads %s as Go does', (text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  it('makes every key a text', () => {
    expect(parseYaml('yes: 1\n012: 2\n1.5: 3\n"q": 4\n!!str no: 5\n.inf: 6\n2001-01-01: 7\n')).toEqual({
      true: 1,
      10: 2,
      1.5: 3,
      q: 4,
      no: 5,
      '.inf': 6,
      '2001-01-01': 7,
    });
  });

  it('takes the last of two equal keys, and refuses them when asked to', () => {
    expect(parseYaml('a: 1\na: 2\n')).toEqual({ a: 2 });
    expect(refusal('a: 1\na: 2\n', { uniqueKeys: true, file: 'f.yaml' }).place).toEqual({
      file: 'f.yaml',
      line: 2,
      column: 1,
    });
  });

  it('follows aliases and merges', () => {
    expect(parseYaml('a: &a {x: 1}\nb: *a\nc: {<<: *a, z: 2}\nd:\n  <<: [{x: 3}, *a]\n&k k: *k\n')).toEqual({
      a: { x: 1 },
      b: { x: 1 },
      c: { x: 1, z: 2 },
      d: { x: 3 },
      k: 'k',
    });
    expect(parseYaml('- &k key\n- {*k : 1}\n- [a: 1, b]\n')).toEqual(['key', { key: 1 }, [{ a: 1 }, 'b']]);
  });

  it('keeps __proto__ an ordinary key', () => {
    const value = parseYaml('__proto__: {polluted: true}\n');

    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['a: b: c', 1],
    ['a:\n\t- b', 2],
    ['a: [1,\nb: 2', 2],
    ['a: *none', 1],
    ['a: &a [*a]', 1],
    ['a: &a {b: *a}', 1],
    ['? [a]\n: b', 1],
    ['null: b', 1],
    ['a: .inf', 1],
    ['x: 1\n<<: 5', 2],
    ['a: !!int x', 1],
    ['a: !!binary aGk=', 1],
    ['- &k [1]\n- {*k : 1}', 2],
  ])('refuses %j with its line', (text, line) => {
    const error = refusal(text);

    expect(error.code).toBe('YAML_INVALID');
    expect(error.line).toBe(line);
  });

  it('refuses an alias bomb, a text without measure and nesting without end in bounded time', () => {
    const bomb = Array.from({ length: 12 }, (_, i) =>
      i === 0
        ? 'a0: &a0 [x,x,x,x,x,x,x,x,x]'
        : `a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join(',')}]`,
    ).join('\n');
    const started = performance.now();

    expect(refusal(bomb).message).toContain('excessive aliasing');
    expect(refusal('#'.repeat(MAX_YAML_CHARACTERS + 1)).code).toBe('YAML_TOO_LARGE');
    expect(refusal('['.repeat(200_000)).code).toMatch(/^YAML_/);
    expect(refusal(`${'- '.repeat(20_000)}x`).code).toMatch(/^YAML_/);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('parseYamlDocuments', () => {
  it('gives documents with the places of their entries', () => {
    const [first, second] = parseYamlDocuments('# c\na: 1\nb:\n  - x\n  - {k: v}\n---\n---\nz: 2\n');

    expect(first?.value).toEqual({ a: 1, b: ['x', { k: 'v' }] });
    expect(first?.position).toEqual({ line: 2, column: 1 });
    expect(first?.positionOf(['b', 1, 'k'])).toEqual({ line: 5, column: 6 });
    expect(first?.positionOf(['b'])).toEqual({ line: 3, column: 1 });
    expect(first?.positionOf([])).toEqual({ line: 2, column: 1 });
    expect(first?.positionOf(['nope'])).toBeUndefined();
    expect(first?.positionOf(['a', 'deeper'])).toBeUndefined();
    expect(first?.positionOf(['b', 9])).toBeUndefined();
    expect(second?.value).toEqual({ z: 2 });
    expect(parseYamlDocuments('')).toEqual([]);
  });
});

describe('stringifyYaml', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;

  it('writes what reads back the same', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(parseYaml(stringifyYaml(value))).toEqual(normalized(value));
      }),
      { numRuns: 500 },
    );
  });

  it('writes dates, bytes and functions as what they are not: null', () => {
    expect(stringifyYaml({ a: () => 1, b: undefined, c: 5n, m: new Map([['k', 1]]) })).toBe(
      'a: null\nb: null\nc: 5\nm:\n  k: 1\n',
    );
    expect(() => stringifyYaml(Number.NaN)).toThrow('unsupported value');
  });
});

/** Texts that YAML can hold: control characters that Go's reader refuses are left out. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'yes',
      'null',
      '1e3',
      '- a',
      'a: b',
      '',
      ' x',
      'x\ny',
      'x\n\n',
      '#',
      '😀',
      'a'.repeat(130),
      'w '.repeat(60),
    ),
  )
  .filter(
    (value) => !/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}|__proto__/u.test(value) && value.isWellFormed(),
  );

/** Minus zero is zero in JSON. */
function normalized(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
