import { expect, it } from 'vitest';
import { randomBytes } from './random-bytes.ts';

it.each([0, 1, 65_536, 200_000])('gives %i bytes', (count) => {
  expect(randomBytes(count)).toHaveLength(count);
});

it('leaves no part of many bytes unset, and never repeats itself', () => {
  const bytes = randomBytes(200_000);

  for (let start = 0; start < bytes.length; start += 1000) {
    expect(bytes.subarray(start, start + 1000).some((byte) => byte !== 0)).toBe(true);
  }
  expect(randomBytes(32)).not.toEqual(randomBytes(32));
});
