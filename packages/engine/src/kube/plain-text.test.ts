import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('plainText', () => {
  it.each([
    ['a plain message', 'a plain message'],
    ['two\nlines\r\nand\ttabs', 'two lines and tabs'],
    ['\u001B[2J\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]0;title\u0007text', 'text'],
    ['\u001B]8;;http://evil\u001B\\link', 'link'],
    ['deleted \u202Egnp.exe', 'deleted gnp.exe'],
    ['bell\u0007 and \u009B31mC1', 'bell  and  31mC1'],
    ['한글은 그대로', '한글은 그대로'],
  ])('%j becomes %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('cuts what no person reads', () => {
    expect(plainText('x'.repeat(100_000))).toBe(`${'x'.repeat(4000)}…`);
  });

  it('never lets a control character through, and has nothing to do on its own result', () => {
    const hostile = fc.string({
      unit: fc.oneof(fc.constantFrom('\u001B', '[', ']', '\u0007', '\u202E', '\n', 'm'), fc.string()),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});
