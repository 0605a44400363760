import { describe, expect, it } from 'vitest';
import { selectVersion, tagOf, versionsOf } from './select-version.ts';

const VERSIONS = ['3.0.0-beta', '2.1.0', '2.0.0', '1.1.0+b', '1.0.0', '0.9.0'];
const WHERE = { chart: 'web', source: 'https://charts.example.com/' };

describe('selectVersion', () => {
  it.each([
    ['', '2.1.0'],
    ['*', '2.1.0'],
    ['2.0.0', '2.0.0'],
    ['2.0', '2.0.0'],
    ['~2', '2.1.0'],
    ['<2', '1.1.0+b'],
    ['1.1.0', '1.1.0+b'],
    ['3.0.0-beta', '3.0.0-beta'],
    ['>2.1.0-0', '3.0.0-beta'],
    ['^1 || ^9', '1.1.0+b'],
    ['1.0.0 - 2.0.0', '2.0.0'],
  ])('takes %j for %s', (wanted, expected) => {
    expect(selectVersion(VERSIONS, wanted, WHERE)).toBe(expected);
  });

  it.each([
    ['^7', '3.0.0-beta, 2.1.0, 2.0.0'],
    ['1.0.5', '2.0.0, 1.1.0+b, 1.0.0'],
    ['0.1.0', '1.1.0+b, 1.0.0, 0.9.0'],
    ['>9.x', '3.0.0-beta, 2.1.0, 2.0.0'],
  ])('names the versions next to %s', (wanted, nearest) => {
    expect(() => selectVersion(VERSIONS, wanted, WHERE)).toThrow(
      expect.objectContaining({ code: 'CHART_VERSION_UNMATCHED', details: { ...WHERE, version: wanted, nearest } }),
    );
  });

  it('says when there is no version at all, or none but prereleases', () => {
    const refusal = (nearest: string) =>
      expect.objectContaining({ code: 'CHART_VERSION_UNMATCHED', details: { ...WHERE, version: '*', nearest } });
    expect(() => selectVersion([], '', WHERE)).toThrow(refusal(''));
    expect(() => selectVersion(['1.0.0-rc.1'], '', WHERE)).toThrow(refusal('1.0.0-rc.1'));
  });

  it('refuses what is no range', () => {
    expect(() => selectVersion(VERSIONS, 'latest', WHERE)).toThrow(
      expect.objectContaining({
        code: 'CHART_VERSION_INVALID',
        details: { version: 'latest', reason: expect.any(String) },
      }),
    );
  });
});

describe('tags', () => {
  it('stand for versions whose plus they cannot hold', () => {
    expect(tagOf('1.0.0-rc.1+build.7+x')).toBe('1.0.0-rc.1_build.7_x');
    expect(versionsOf(['1.0.0', '1.0.1_build.7', '10.0.0', '9.0.0-rc.1'])).toEqual([
      '10.0.0',
      '9.0.0-rc.1',
      '1.0.1+build.7',
      '1.0.0',
    ]);
  });

  it.each(['latest', 'v1.0.0', '1.0', '1', 'sha256-abc.sig', '1.0.0_', '01.0.0'])('%s is no version', (tag) => {
    expect(versionsOf([tag])).toEqual([]);
  });
});
