import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeJsonError } from './json-syntax.ts';
import { decodeJson } from './json.ts';

// Each is what Helm 4.3.1 writes for `(fromJson TEXT).Error`.
const REFUSED: readonly (readonly [text: string, reason: string])[] = [
  ['', 'unexpected end of JSON input'],
  ['f', "invalid character ' ' in literal false (expecting 'a')"],
  ['-', "invalid character ' ' in numeric literal"],
  ['x', "invalid character 'x' looking for beginning of value"],
  ['ü', "invalid character 'Ã' looking for beginning of value"],
  ['{', 'unexpected end of JSON input'],
  ['[', 'unexpected end of JSON input'],
  ['[1', 'unexpected end of JSON input'],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a"', 'unexpected end of JSON input'],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['"a', 'unexpected end of JSON input'],
  ['"\\', "invalid character ' ' in string escape code"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['1.', "invalid character ' ' after decimal point in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1e', "invalid character ' ' in exponent of numeric literal"],
  ['1e+', "invalid character ' ' in exponent of numeric literal"],
  ['01', "invalid character '1' after top-level value"],
  ['-a', "invalid character 'a' in numeric literal"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
  ['1 2', "invalid character '2' after top-level value"],
  ['{} x', "invalid character 'x' after top-level value"],
  ["'a'", "invalid character '\\'' looking for beginning of value"],
  ['["a" "b"]', "invalid character '\"' after array element"],
  ['[}', "invalid character '}' looking for beginning of value"],
  ['{]', "invalid character ']' looking for beginning of object key string"],
  ['\\', "invalid character '\\\\' looking for beginning of value"],
  [' ', 'unexpected end of JSON input'],
];

describe('describeJsonError', () => {
  it.each(REFUSED)('says of %j what Go says', (text, reason) => {
    expect(describeJsonError(text)).toBe(reason);
    expect(() => decodeJson(text)).toThrow(reason);
  });

  it('refuses exactly what JavaScript refuses', () => {
    const piece = fc.constantFrom(...'{}[]:,"\\ \n-+.eE019abtrufalsn'.split(''), 'true', 'null', '\\u00e9', '"a"', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(describeJsonError(pieces.join('')) === undefined).toBe(isJson(pieces.join('')));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds nothing wrong in JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(describeJsonError(text)).toBeUndefined();
      }),
    );
  });

  it('stops at ten thousand brackets, and at no fewer', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(describeJsonError(nested(10_000))).toBeUndefined();
    expect(describeJsonError(nested(10_001))).toBe('exceeded max depth');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
