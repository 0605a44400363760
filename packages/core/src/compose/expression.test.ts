import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/document.ts';
import { resolveExpressions } from './expression.ts';

const scope = { platform: { name: 'shop' }, site: { nodes: 3, ratio: 1.5 }, component: {}, needs: {}, secrets: {} };

/** What one value becomes; the reason when it fails. */
function resolved(text: string): unknown {
  const { document } = readDocument('platform.yaml', 'a: 1');
  if (document === undefined) throw new TypeError('no document');
  const { value, findings } = resolveExpressions({ a: text }, scope, { document, path: [] });
  const [finding] = findings;
  if (finding === undefined) return value['a'];
  expect(finding.error.place).toEqual({ file: 'platform.yaml', line: 1, column: 1 });
  expect(value['a']).toBe(text);
  return finding.error.message;
}

describe('resolveExpressions', () => {
  it.each([
    ['${{ site.nodes }}', 3],
    ['${{ site.nodes / 2 }}', 1],
    ['${{ site.ratio * 2.0 }}', 3],
    ['${{platform.name}}', 'shop'],
    ['${{ [site.nodes, 2].map(n, n * 2) }}', [6, 4]],
    ['${{ [1, "two", 3.5, null] }}', [1, 'two', 3.5, null]],
    ["${{ {'x': {'y': 1} } }}", { x: { y: 1 } }],
    ['${{ platform.name }}${{ site.nodes }}', 'shop3'],
    ['${{ platform.name }} and ${{ platform.name }}', 'shop and shop'],
    ['${{ "a" }} }}', 'a }}'],
    ['no expression', 'no expression'],
    ['$ {{ x }}', '$ {{ x }}'],
    ['', ''],
    ['}}', '}}'],
  ])('%s', (text, expected) => {
    expect(resolved(text)).toEqual(expected);
  });

  it.each([
    ['${{ }}', /cannot evaluate/],
    ['${{ platform.nmae }}', /No such key: nmae/],
    ['${{ secrets.password }}', /No such key: password/],
    ['${{ site.nodes + 1.5 }}', /no such overload/i],
    ["${{ {'x': {'y': 1}} }}", /cannot evaluate/],
    ['${{ open', /\}\} is missing/],
    ['${{ 1 }} ${{ open', /\}\} is missing/],
    ['x${{ site }}', /a map does not fit into text/],
    ["${{ duration('5s') }}", /Duration is no value of YAML/],
    ['${{ type(1) }}', /Type is no value of YAML/],
  ])('refuses %s', (text, reason) => {
    expect(resolved(text)).toMatch(reason);
  });

  it('gives a list its places by index', () => {
    const { document } = readDocument('platform.yaml', 'list:\n  - fine\n  - "${{ bad }}"\n');
    if (document === undefined) throw new TypeError('no document');

    const { value, findings } = resolveExpressions({ list: ['fine', '${{ bad }}'] }, scope, { document, path: [] });

    expect(value).toEqual({ list: ['fine', '${{ bad }}'] });
    expect(findings.map(({ error }) => error.place)).toEqual([{ file: 'platform.yaml', line: 3, column: 5 }]);
  });

  it('reads a megabyte of openings without an end in bounded time', () => {
    const started = performance.now();

    expect(resolved(`}}${'${{'.repeat(350_000)}`)).toMatch(/is missing/);

    expect(performance.now() - started).toBeLessThan(2000);
  });
});
