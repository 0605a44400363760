import { describe, expect, it } from 'vitest';
import type { Details } from './catalogue.ts';
import { NaruError } from './naru-error.ts';
import type { SOURCE_ERRORS } from './source-errors.ts';

function said<C extends keyof typeof SOURCE_ERRORS>(code: C, details: Details<C>): readonly string[] {
  const error = new NaruError(code, details);
  return (['en', 'ko'] as const).flatMap((language) => [error.messageIn(language), error.remedyIn(language)]);
}

describe('errors of charts from elsewhere', () => {
  it('tell refused credentials from missing ones', () => {
    const [refused, missing] = (['yes', 'no'] as const).map((identified) =>
      said('REGISTRY_DENIED', { address: 'https://r', answered: 403, identified }),
    );
    expect(refused?.[0]).toBe('https://r refuses these credentials (403)');
    expect(missing?.[0]).toBe('https://r wants credentials (403)');
    expect(refused?.[2]).not.toBe(missing?.[2]);
  });

  it('name what is near, and say so when nothing is', () => {
    const version = { chart: 'web', version: '^7', source: 'https://r' };
    const near = said('CHART_VERSION_UNMATCHED', { ...version, nearest: '2.0.0, 1.0.0' });
    const none = said('CHART_VERSION_UNMATCHED', { ...version, nearest: '' });
    expect([near[1], near[3]].every((text) => text?.includes('2.0.0, 1.0.0'))).toBe(true);
    expect([none[1], none[3]].some((text) => /nearest|가까운/.test(text ?? ''))).toBe(false);

    const similar = said('CHART_UNKNOWN', { chart: 'wep', repository: 'https://r', similar: 'web' });
    const strange = said('CHART_UNKNOWN', { chart: 'xyz', repository: 'https://r', similar: '' });
    expect([similar[1], similar[3]].every((text) => text?.includes('web'))).toBe(true);
    expect([strange[1], strange[3]]).toEqual(['Correct the name of the chart.', '차트 이름을 고치십시오.']);
  });

  it('give the command that gets what an offline run misses', () => {
    const command = "naru chart pull web --repo https://r --version '^1'";
    const [, remedy, , korean] = said('CHART_NOT_CACHED', { address: 'https://r/index.yaml', command });
    expect(remedy).toContain(`\`${command}\``);
    expect(korean).toContain(`\`${command}\``);
  });
});
