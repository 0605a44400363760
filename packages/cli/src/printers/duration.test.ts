import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [0, '0.0 s'],
  [449, '0.4 s'],
  [9_940, '9.9 s'],
  [9_950, '10 s'],
  [9_960, '10 s'],
  [12_400, '12 s'],
  [59_400, '59 s'],
  [59_600, '1 m 00 s'],
  [185_000, '3 m 05 s'],
  [3_725_000, '62 m 05 s'],
])('%d ms is %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
