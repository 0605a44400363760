import { describe, expect, it } from 'vitest';
import { labelSelector, mapSelector } from './selector.ts';

const front = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

describe('labelSelector', () => {
  it.each([
    [{ matchLabels: { app: 'web' } }, true, 'app=web'],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false, 'app=web,tier=back'],
    [expression('tier', 'In', 'front', 'back'), true, 'tier in (front,back)'],
    [expression('tier', 'In', 'back'), false, 'tier in (back)'],
    [expression('zone', 'In', ''), false, 'zone in ()'],
    [expression('tier', 'NotIn', 'front'), false, 'tier notin (front)'],
    [expression('zone', 'NotIn', 'front'), true, 'zone notin (front)'],
    [expression('tier', 'Exists'), true, 'tier'],
    [expression('zone', 'Exists'), false, 'zone'],
    [expression('tier', 'DoesNotExist'), false, '!tier'],
    [expression('zone', 'DoesNotExist'), true, '!zone'],
    [{ matchLabels: { app: 'web' }, ...expression('zone', 'Exists') }, false, 'app=web,zone'],
    [{}, true, ''],
  ])('%j', (value, matches, text) => {
    const selector = labelSelector(value);
    expect([selector?.matches(front), selector?.text]).toEqual([matches, text]);
  });

  it('is none of what is no selector', () => {
    expect([labelSelector(undefined), labelSelector('app=web'), labelSelector(null)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a Service without labels selects nothing, and one with labels all that have them', () => {
  expect(mapSelector({})).toBeUndefined();
  expect(mapSelector({ app: 'web' })?.matches(front)).toBe(true);
  expect(mapSelector({ app: 'db' })?.matches(front)).toBe(false);
});
