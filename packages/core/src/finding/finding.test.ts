import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf, Refusal, refuseErrors, type Severity, sortFindings } from './finding.ts';

function finding(file: string | undefined, line = 1, column = 1, severity: Severity = 'error'): Finding {
  const place = file === undefined ? undefined : { file, line, column };
  return findingOf(new NaruError('FOLDER_OCCUPIED', { folder: 'x' }, { place }), severity);
}

describe('sortFindings', () => {
  it('walks through files, lines and columns as numbers', () => {
    const sorted = [finding('b', 1), finding('a', 10), finding('a', 9, 2), finding('a', 9, 11), finding(undefined)];

    const places = sortFindings(sorted.toReversed()).map(({ error: { place } }) => place);

    expect(places.map((place) => place && `${place.file}:${place.line}:${place.column}`)).toEqual([
      undefined,
      'a:9:2',
      'a:9:11',
      'a:10:1',
      'b:1:1',
    ]);
  });

  it('does not depend on the order in which problems were found', () => {
    const any = fc.tuple(fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), fc.nat(12), fc.nat(12));
    fc.assert(
      fc.property(fc.array(any), (places) => {
        const found = places.map(([file, line, column]) => finding(file, line, column));
        expect(sortFindings(found.toReversed())).toEqual(sortFindings(found));
      }),
    );
  });
});

describe('refuseErrors', () => {
  it('throws every finding, warnings included, when one is an error', () => {
    const found = [finding('a', 1, 1, 'warning'), finding('b')];

    const refuse = (): void => refuseErrors(found);

    expect(refuse).toThrow(Refusal);
    expect(refuse).toThrow('FOLDER_OCCUPIED: x is not empty\nFOLDER_OCCUPIED: x is not empty');
    try {
      refuse();
    } catch (error) {
      expect(error).toMatchObject({ name: 'Refusal', findings: found });
    }
  });

  it('lets warnings and news pass', () => {
    expect(() => refuseErrors([])).not.toThrow();
    expect(() => refuseErrors([finding('a', 1, 1, 'warning'), finding('a', 1, 1, 'info')])).not.toThrow();
  });
});
