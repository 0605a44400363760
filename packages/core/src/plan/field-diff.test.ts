import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { diffFields, MASK } from './field-diff.ts';

function manifest(fields: Readonly<Record<string, unknown>>, kind = 'ConfigMap'): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name: 'a' }, ...fields };
}

function diff(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  kind?: string,
): unknown {
  return diffFields(manifest(before, kind), manifest(after, kind)).map((change) => [
    change.path,
    change.before,
    change.after,
  ]);
}

const absent = undefined;

describe('diffFields', () => {
  it.each([
    ['a scalar', { a: 1 }, { a: 2 }, [['a', 1, 2]]],
    ['a type', { a: 1 }, { a: '1' }, [['a', 1, '1']]],
    ['a new field', {}, { a: { b: 1 } }, [['a', absent, { b: 1 }]]],
    ['a field that goes', { a: null }, {}, [['a', null, absent]]],
    [
      'fields in depth, in the order of paths',
      { s: { z: 1, a: 1 } },
      { s: { z: 2, a: 2 } },
      [
        ['s.a', 1, 2],
        ['s.z', 1, 2],
      ],
    ],
    ['a map that becomes a list', { a: {} }, { a: [] }, [['a', {}, []]]],
    ['keys with dots and slashes', { d: { 'a.b/c': 1 } }, { d: { 'a.b/c': 2 } }, [['d["a.b/c"]', 1, 2]]],
    ['keys with quotes', { d: { 'a"]["b': 1 } }, { d: { 'a"]["b': 2 } }, [['d["a\\"][\\"b"]', 1, 2]]],
    ['an empty key', { d: { '': 1 } }, { d: { '': 2 } }, [['d[""]', 1, 2]]],
    [
      'keys that every object has',
      { d: {} },
      { d: { constructor: 'x', toString: 'y' } },
      [
        ['d.constructor', absent, 'x'],
        ['d.toString', absent, 'y'],
      ],
    ],
    ['equal fields in another order', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, []],
  ])('finds %s', (_, before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });

  it.each([
    [
      'by name',
      [
        { name: 'a', v: 1 },
        { name: 'b', v: 1 },
      ],
      [
        { name: 'a', v: 1 },
        { name: 'b', v: 2 },
      ],
      [['l[b].v', 1, 2]],
    ],
    ['one that comes', [], [{ name: 'a' }], [['l[a]', absent, { name: 'a' }]]],
    ['one that comes first', [{ name: 'b' }], [{ name: 'a' }, { name: 'b' }], [['l[a]', absent, { name: 'a' }]]],
    ['one that goes', [{ name: 'a' }], [], [['l[a]', { name: 'a' }, absent]]],
    ['another order', [{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }], [['l', ['a', 'b'], ['b', 'a']]]],
    ['names with dots', [{ name: 'a.b', v: 1 }], [{ name: 'a.b', v: 2 }], [['l["a.b"].v', 1, 2]]],
    [
      'names that stand twice by position',
      [{ name: 'a', v: 1 }, { name: 'a' }],
      [{ name: 'a', v: 2 }, { name: 'a' }],
      [['l[0].v', 1, 2]],
    ],
    [
      'items without names by position',
      ['x', 'y'],
      ['x', 'z', 'w'],
      [
        ['l[1]', 'y', 'z'],
        ['l[2]', absent, 'w'],
      ],
    ],
    ['some with names by position', [{ name: 'a' }, 1], [{ name: 'b' }, 1], [['l[0].name', 'a', 'b']]],
    ['nothing in equal lists', [{ name: 'a' }, { name: 'b' }], [{ name: 'a' }, { name: 'b' }], []],
  ])('compares list items: %s', (_, before, after, expected) => {
    expect(diff({ l: before }, { l: after })).toEqual(expected);
  });

  it('leaves out status and what the server writes by itself', () => {
    const before = {
      ...manifest({ status: { phase: 'Pending' } }),
      metadata: { name: 'a', uid: '1', resourceVersion: '1' },
    };
    const noise = { generation: 2, creationTimestamp: 'x', managedFields: [], selfLink: 'y', resourceVersion: '2' };
    const after = {
      ...manifest({ status: { phase: 'Active' } }),
      metadata: { name: 'a', labels: { b: 'c' }, ...noise },
    };

    expect(diffFields(before, after)).toEqual([{ path: 'metadata.labels', before: undefined, after: { b: 'c' } }]);
  });

  it('masks the data of a Secret, whatever its keys are called, and nothing else', () => {
    const last = 'kubectl.kubernetes.io/last-applied-configuration';
    const before = { data: { 'tls.key': 'c2VjcmV0', old: 'c2VjcmV0' }, stringData: { a: 'secret' }, type: 'Opaque' };
    const after = { data: { 'tls.key': 'cm90YXRlZA==', new: 'c2VjcmV0' }, stringData: { a: 'rotated' }, type: 'tls' };

    expect(diff(before, after, 'Secret')).toEqual([
      ['data.new', undefined, MASK],
      ['data.old', MASK, undefined],
      ['data["tls.key"]', MASK, MASK],
      ['stringData.a', MASK, MASK],
      ['type', 'Opaque', 'tls'],
    ]);
    expect(diff({ data: { a: 'x' } }, {}, 'Secret')).toEqual([['data', MASK, undefined]]);
    const annotated = (text: string): Manifest => ({
      ...manifest({}, 'Secret'),
      metadata: { name: 'a', annotations: { [last]: text } },
    });
    expect(JSON.stringify(diffFields(annotated('secret'), annotated('other')))).not.toContain('secret');
    expect(diff({ data: { a: 'x' } }, { data: { a: 'y' } }, 'ConfigMap')).toEqual([['data.a', 'x', 'y']]);
  });

  const key = fc.constantFrom('a', 'b', 'a.b', 'name', '0', '__proto__', 'constructor', 'a"]', '');
  const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
    tree: fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', 1, true, null),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'a.b', 'a].b'), v: tie('node') }), { maxLength: 3 }),
      tie('tree'),
    ),
  }));

  it('finds nothing between a state and itself', () => {
    fc.assert(
      fc.property(tree, (spec) => {
        expect(diff({ spec }, { spec: structuredClone(spec) })).toEqual([]);
      }),
    );
  });

  it('finds something between states that differ', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const found = diffFields(manifest({ spec: before }), manifest({ spec: after }));
        expect(found.length === 0).toBe(sorted(before) === sorted(after));
      }),
      { numRuns: 500 },
    );
  });

  it('gives each change a path of its own, in which nothing is unchanged', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const found = diffFields(manifest({ spec: before }), manifest({ spec: after }));
        const paths = found.map(({ path }) => path);
        expect(paths.toSorted()).toEqual([...new Set(paths)].toSorted());
        for (const change of found) expect(sorted(change.before)).not.toBe(sorted(change.after));
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same fields in both directions', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const there = diffFields(manifest({ spec: before }), manifest({ spec: after }));
        const back = diffFields(manifest({ spec: after }), manifest({ spec: before }));
        expect(back).toEqual(
          there.map((change) => ({ path: change.path, before: change.after, after: change.before })),
        );
      }),
    );
  });
});

/** JSON in which the order of keys does not count. */
function sorted(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${sorted(item)}`);
  return `{${entries.toSorted().join()}}`;
}
