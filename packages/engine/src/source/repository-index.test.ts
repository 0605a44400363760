import { stringifyYaml } from '@naru/chart';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIndex } from './repository-index.ts';

const DIGEST = 'ab'.repeat(32);

const name = fc.constantFrom('web', 'web-db', 'webs', 'db', 'entries', 'apiVersion', 'a.b');
const version = fc.constantFrom('1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1', 'v3.0.0', '0.1.0+build');
const description = fc.constantFrom(
  'plain',
  'two\nlines\n',
  '  web: [',
  '"quoted"',
  'a: b',
  '- web:',
  'x'.repeat(200),
  '# no comment',
  '',
);
const entry = fc.record({
  version,
  description,
  urls: fc.array(fc.constantFrom('a.tgz', 'https://x/b.tgz')),
  digest: fc.constant(DIGEST),
});
const entries = fc.dictionary(name, fc.array(entry, { maxLength: 4 }), { noNullPrototype: true });

describe('readIndex', () => {
  it('finds in a part of the text what the whole says', () => {
    fc.assert(
      fc.property(entries, name, (all, wanted) => {
        const written = stringifyYaml({ apiVersion: 'v1', entries: all, generated: 'now' });
        const found = readIndex(written, wanted);
        const whole = readIndex(JSON.stringify({ apiVersion: 'v1', entries: all }), wanted);
        expect(found.entries).toEqual(whole.entries);
        expect(found.names.toSorted()).toEqual(whole.names.toSorted());
        expect(found.entries?.map((one) => one.version).toSorted()).toEqual(
          Object.hasOwn(all, wanted) ? all[wanted]?.map((one) => one.version).toSorted() : undefined,
        );
      }),
    );
  });

  it('orders versions, newest first, and leaves out what is none', () => {
    const written = ['1.9.0', '2.0.0-rc.1', '1.10.0', 'latest', '2.0.0', '1'].map((one) => `  - version: "${one}"\n`);
    const { entries: found } = readIndex(`apiVersion: v1\nentries:\n  web:\n${written.join('')}`, 'web');
    expect(found?.map((one) => one.version)).toEqual(['2.0.0', '2.0.0-rc.1', '1.10.0', '1.9.0', '1']);
  });

  it.each([
    ['bare', DIGEST, `sha256:${DIGEST}`],
    ['with its algorithm', `sha256:${DIGEST}`, `sha256:${DIGEST}`],
    ['empty', '', undefined],
    ['absent', undefined, undefined],
  ])('reads a digest that is %s', (_, digest, expected) => {
    const index = { apiVersion: 'v1', entries: { web: [{ version: '1.0.0', digest, urls: ['a.tgz', 7] }] } };
    expect(readIndex(JSON.stringify(index), 'web').entries).toEqual([
      { version: '1.0.0', urls: ['a.tgz'], digest: expected },
    ]);
  });

  it.each([
    ['anchors', 'apiVersion: v1\nentries:\n  db: &same\n  - version: 1.0.0\n  web: *same\n'],
    ['flow style', 'apiVersion: v1\nentries: {web: [{version: 1.0.0}]}\n'],
    ['quoted names', 'apiVersion: v1\nentries:\n  "web":\n  - version: 1.0.0\n'],
    ['another order', 'entries:\n  web:\n  - version: 1.0.0\napiVersion: v1\n'],
    ['deeper lists', 'apiVersion: v1\nentries:\n    web:\n      - version: 1.0.0\n    webs:\n      - version: 2.0.0\n'],
    ['Windows lines', 'apiVersion: v1\r\nentries:\r\n  web:\r\n  - version: 1.0.0\r\ngenerated: x\r\n'],
    ['comments', 'apiVersion: v1\n# web:\nentries:\n  # web:\n  web:\n# far left\n  - version: 1.0.0\n'],
  ])('reads an index with %s', (_, written) => {
    expect(readIndex(written, 'web').entries?.map((one) => one.version)).toEqual(['1.0.0']);
  });

  it.each(['', 'text', '[]', 'entries: {}\n', '{"entries":{}}', 'apiVersion: 1\nentries: {}\n'])(
    'refuses %j, which is no index',
    (written) => {
      expect(() => readIndex(written, 'web')).toThrow('apiVersion');
    },
  );

  it('tells the names of the charts when this one is not among them', () => {
    const written = 'apiVersion: v1\nentries:\n  db:\n  - version: 1.0.0\n  toString:\n  - version: 1.0.0\n';
    expect(readIndex(written, 'web')).toEqual({ entries: undefined, names: ['db', 'toString'] });
    expect(readIndex(written, 'constructor').entries).toBeUndefined();
  });

  it('reads an index of 30 MB in the time of its part', () => {
    const block = Array.from(
      { length: 100_000 },
      (_, at) => `  - version: 1.0.${at}\n    urls: [web-${at}.tgz]\n    digest: ${DIGEST}\n`,
    );
    const written = `apiVersion: v1\nentries:\n  big:\n${block.join('').repeat(3)}  web:\n  - version: 1.0.0\n  zoo:\n  - version: 1.0.0\n`;
    expect(written.length).toBeGreaterThan(30_000_000);
    const begun = performance.now();
    expect(readIndex(written, 'web').entries).toHaveLength(1);
    expect(readIndex(written, 'wet').names).toEqual(['big', 'web', 'zoo']);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
