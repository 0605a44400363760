import { describe, expect, it } from 'vitest';
import { corpusCases } from '../conformance/helm/corpus.ts';
import { COMPATIBILITY_FEATURES, isFamily } from './reference/compatibility-features.ts';
import { casesByFunction, compatibilityPage, familyOf } from './reference/compatibility-page.ts';

const cases = corpusCases();
const families = [...new Set(cases.map(familyOf))];
const patterns = Object.values(COMPATIBILITY_FEATURES).flat();

describe('the page of compatibility with Helm', () => {
  it('shows a case for every function', () => {
    const shown = [...casesByFunction(cases)];

    expect(shown.length).toBeGreaterThan(240);
    expect(shown.filter(([, by]) => by.length === 0).map(([name]) => name)).toEqual([]);
  });

  it('names a feature for every family of cases', () => {
    expect(families.filter((family) => !patterns.some((pattern) => isFamily(family, pattern)))).toEqual([]);
  });

  it('names no family that has no cases', () => {
    expect(patterns.filter((pattern) => !families.some((family) => isFamily(family, pattern)))).toEqual([]);
  });

  it('takes calls from templates, not from text', () => {
    const [, rows = ''] = compatibilityPage().split('## Functions');

    expect(rows).toMatch(/^\| `derivePassword` \| identical \| crypto-passwords/m);
    expect(rows).toMatch(/^\| `genCA` \| identical in form, random in content \| crypto-certificates/m);
    expect(rows).toMatch(/^\| `env` \| refused/m);
  });
});
