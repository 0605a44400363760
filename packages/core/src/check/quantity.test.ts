import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityMillis } from './quantity.ts';

describe('quantityMillis', () => {
  // What `resource.MustParse(text).MilliValue()` of apimachinery 0.36 answers.
  it.each([
    ['0', 0n],
    ['1', 1000n],
    ['100m', 100n],
    ['0.1', 100n],
    ['.5', 500n],
    ['5.', 5000n],
    ['1k', 1_000_000n],
    ['1Ki', 1_024_000n],
    ['1.5Gi', 1_610_612_736_000n],
    ['1e3', 1_000_000n],
    ['1E3', 1_000_000n],
    ['1E', 1_000_000_000_000_000_000_000n],
    ['12e-1', 1200n],
    ['1u', 1n],
    ['1n', 1n],
    ['-2', -2000n],
    ['+2', 2000n],
    [3, 3000n],
    [0.25, 250n],
    [7n, 7000n],
  ])('%s is %s thousandths', (value, expected) => {
    expect(quantityMillis(value)).toBe(expected);
  });

  it.each(['', '1GB', '1 Gi', 'Gi', '1ki', '1K', '1.2.3', '0x10', 'NaN', '１', null, undefined, true, {}, []])(
    '%j is none',
    (value) => {
      expect(quantityMillis(value)).toBeUndefined();
    },
  );

  it('takes any text in little time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '.', 'e', 'E', '-', 'K', 'i', 'm', '9') }), (text) => {
        expect(['bigint', 'undefined']).toContain(typeof quantityMillis(text));
      }),
    );
    expect(typeof quantityMillis(`1e${'9'.repeat(50)}`)).toBe('bigint');
  });

  it('orders decimal numbers as numbers', () => {
    const amount = fc.tuple(fc.nat(10_000), fc.nat(999));
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [low, high] = [a, b].map(([whole, part]) => quantityMillis(`${whole}.${String(part).padStart(3, '0')}`));
        expect((low ?? 0n) < (high ?? 0n)).toBe(a[0] * 1000 + a[1] < b[0] * 1000 + b[1]);
      }),
    );
  });
});
