import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { isNestedBeyond } from './nesting.ts';
import { parseYamlDocuments } from './parse-yaml.ts';

describe('isNestedBeyond', () => {
  it('counts brackets of the document, and not those in its texts', () => {
    expect(isNestedBeyond('[[[a]]]', 2)).toBe(true);
    expect(isNestedBeyond('[[a], [b], [c], [d]]', 2)).toBe(false);
    expect(isNestedBeyond('{a: {b: {c: d}}}', 2)).toBe(true);
    expect(isNestedBeyond('a: "[[[["\nb: \'{{{{\'\nc: x[[[[\n', 2)).toBe(false);
    expect(isNestedBeyond('a: |\n  [\n  [[[[{{{{\n', 2)).toBe(false);
    expect(isNestedBeyond('# [[[[\na: b\n', 2)).toBe(false);
  });
});

describe('hostile YAML', () => {
  it('is refused at once when it is nested a million times', () => {
    const started = performance.now();
    expect(() => parseYamlDocuments('['.repeat(1_000_000))).toThrow(ChartError);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('does not make the places of many keys cost more than the keys', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `key-${index}`);
    const [document] = parseYamlDocuments(keys.map((key) => `${key}: 1\n`).join(''));
    const started = performance.now();
    const places = keys.map((key) => document?.positionOf([key])?.line);

    expect(places).toEqual(keys.map((_, index) => index + 1));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
