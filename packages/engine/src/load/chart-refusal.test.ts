import { loadChart } from '@naru/chart';
import { NaruError } from '@naru/core';
import { expect, it } from 'vitest';
import { withChart } from './chart-refusal.ts';

const HERE = { file: 'platform.yaml', line: 7, column: 5 };

it('gives what was made of a chart, or its refusal with the name and the place', () => {
  expect(withChart('web', HERE, () => 7)).toBe(7);
  const refused = expect.objectContaining({
    code: 'CHART_REFUSED',
    place: HERE,
    details: expect.objectContaining({ component: 'web', messageEn: 'Chart.yaml file is missing' }),
  });
  expect(() => withChart('web', HERE, () => loadChart(new Map()))).toThrow(refused);
});

it('lets everything else pass', () => {
  const bug = new TypeError('a bug');
  const fail = (): never => {
    throw bug;
  };
  expect(() => withChart('web', undefined, fail)).toThrow(bug);
  expect(() => withChart('web', undefined, fail)).not.toThrow(NaruError);
});
