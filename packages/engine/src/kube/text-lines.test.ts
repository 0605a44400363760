import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { textLines } from './text-lines.ts';

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.slice(start, start + size);
    start += size;
  }
  yield bytes.slice(start);
}

async function linesOf(text: string, sizes: readonly number[] = []): Promise<string[]> {
  return Array.fromAsync(textLines(inChunks(new TextEncoder().encode(text), sizes)));
}

it.each([
  ['', []],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\n\nthree', ['one', '', 'three']],
])('%j has the lines %j', async (text, lines) => {
  expect(await linesOf(text)).toEqual(lines);
});

it('does not care where the network cuts, not even inside a character', async () => {
  const text = fc
    .array(fc.string({ unit: fc.constantFrom('a', '나', '🚢', '\r', ' ') }))
    .map((lines) => lines.join('\n'));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(7)), async (whole, sizes) => {
      expect(await linesOf(whole, sizes)).toEqual(await linesOf(whole));
    }),
  );
});

it('cuts a line that does not end instead of keeping it', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const chunk = new Uint8Array(1024 * 1024).fill(97);
    for (let count = 0; count < 40; count += 1) yield chunk;
  }
  const lengths = (await Array.fromAsync(textLines(endless()))).map((line) => line.length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(18 * 1024 * 1024);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(40 * 1024 * 1024);
});
