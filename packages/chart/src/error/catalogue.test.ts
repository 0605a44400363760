import { expect, it } from 'vitest';
import { CHART_ERRORS, chartErrorDefinition } from './catalogue.ts';
import type { ChartErrorCode } from './catalogue.ts';
import { ChartError } from './chart-error.ts';

const DETAILS = {
  reason: 'REASON',
  names: 'NAMES',
  constraint: 'RANGE',
  version: 'v1',
  what: 'THINGS',
  limit: 7,
  file: 'FILE',
  type: 'KINDS',
  problems: 'PROBLEMS',
};

it.each(Object.keys(CHART_ERRORS) as ChartErrorCode[])(
  '%s has words in both languages that name the details',
  (code) => {
    const error = new ChartError(code, DETAILS);

    for (const language of ['en', 'ko'] as const) {
      expect(error.messageIn(language)).toMatch(/FILE|REASON|NAMES|RANGE|THINGS|KINDS|PROBLEMS/);
      expect(error.remedyIn(language)).toMatch(/\.$/);
    }
    expect(error.messageIn('ko')).toMatch(/[가-힣]/);
    expect(error.remedyIn('ko')).toMatch(/[가-힣]/);
    expect(chartErrorDefinition(code)).toMatchObject({ exitCode: 2, retry: 'never' });
    expect(error.place).toBeUndefined();
  },
);
