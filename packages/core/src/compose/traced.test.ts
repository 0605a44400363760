import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  grow,
  isLeaf,
  leaf,
  type LayerName,
  type Leaf,
  type Origin,
  overlay,
  type Traced,
  trace,
  untrace,
} from './traced.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Keys that are easily mistaken for something else: a leaf's own, and what every object has. */
const key = fc.constantFrom('a', 'b', 'value', 'origin', 'overrode', '__proto__', 'constructor', 'toString', '0', '');
const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec<{ tree: Tree; node: unknown }>((tie) => ({
  tree: fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  node: fc.oneof({ maxDepth: 3 }, scalar, fc.array(scalar, { maxLength: 2 }), tie('tree')),
}));
/** Trees that agree where maps are and where leaves: the same paths always lead to the same sort of node. */
const shape = ['a', 'b.a', 'b.b', '__proto__', 'c.__proto__.x', 'constructor.prototype'];
const agreeing = fc
  .array(fc.tuple(fc.constantFrom(...shape), scalar), { maxLength: 6 })
  .map((leaves) => leaves.map(([path, value]) => grow(path.split('.'), leafAt(path, value))).reduce(overlay, {}));

function leafAt(path: string, value: unknown, layer: LayerName = 'platform'): Leaf {
  return leaf(value, { file: path, line: 1, column: 1, layer });
}

function originIn(file: string, layer: LayerName = 'platform'): (path: readonly (string | number)[]) => Origin {
  return (path) => ({ file: `${file}:${path.join('.')}`, line: 1, column: 1, layer });
}

/** The plain merge that `overlay` must agree with, on maps in which no key is special. */
function merged(base: ReadonlyMap<string, unknown>, over: ReadonlyMap<string, unknown>): Map<string, unknown> {
  const result = new Map(base);
  for (const [name, value] of over) {
    const below = result.get(name);
    result.set(name, below instanceof Map && value instanceof Map ? merged(below, value) : value);
  }
  return result;
}

function asMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return new Map(Object.entries(value).map(([name, item]) => [name, asMap(item)]));
}

function mapOf(plain: Tree): Map<string, unknown> {
  return new Map(Object.entries(plain).map(([name, item]) => [name, asMap(item)]));
}

describe('trace and untrace', () => {
  it('give back what was traced, whatever its keys are called', () => {
    fc.assert(
      fc.property(tree, (plain) => {
        const back = untrace(trace(plain, originIn('x')));
        expect(mapOf(back)).toEqual(mapOf(plain));
      }),
    );
  });

  it('give every leaf the origin of its own path', () => {
    const traced = trace({ a: { b: 1, c: [1, { d: 2 }] } }, originIn('file'));

    expect(traced).toEqual({
      a: {
        b: { value: 1, origin: originIn('file')(['a', 'b']), overrode: [] },
        c: { value: [1, { d: 2 }], origin: originIn('file')(['a', 'c']), overrode: [] },
      },
    });
  });

  it('tell a map with the keys of a leaf from a leaf', () => {
    const traced = trace({ a: { value: 1, origin: 2, overrode: [] } }, originIn('file'));

    const node = traced['a'];
    expect(node !== undefined && isLeaf(node)).toBe(false);
    expect(untrace(traced)).toEqual({ a: { value: 1, origin: 2, overrode: [] } });
  });
});

describe('overlay', () => {
  it('merges maps and replaces everything else, as a merge of plain maps does', () => {
    fc.assert(
      fc.property(tree, tree, (base, over) => {
        const laid = overlay(trace(base, originIn('base')), trace(over, originIn('over')));
        expect(mapOf(untrace(laid))).toEqual(merged(mapOf(base), mapOf(over)));
      }),
    );
  });

  it('never touches the prototype of anything', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
    const laid = overlay(trace({ a: 1 }, originIn('base')), trace(hostile, originIn('over')));

    expect(Object.hasOwn(laid, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(laid)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(untrace(laid))).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('is associative where layers agree on what is a map', () => {
    fc.assert(
      fc.property(agreeing, agreeing, agreeing, (a, b, c) => {
        const left = overlay(overlay(a, b), c);
        const right = overlay(a, overlay(b, c));
        expect(mapOf(untrace(left))).toEqual(mapOf(untrace(right)));
        expect(leavesOf(left)).toEqual(leavesOf(right));
      }),
    );
  });

  it('depends on the order of laying where a scalar stands between two maps: it hides the weaker one', () => {
    const [weak, middle, strong] = [{ a: { x: 1 } }, { a: null }, { a: { y: 2 } }].map((plain, index) =>
      trace(plain, originIn(String(index))),
    );

    const laid = [weak, middle, strong].filter((layer) => layer !== undefined).reduce(overlay, {});

    expect(untrace(laid)).toEqual({ a: { y: 2 } });
  });

  it('names the strongest layer as the origin, and those below strongest first', () => {
    const layers = ['chart', 'component', 'size', 'profile', 'platform', 'site', 'set'] as const;
    const wheres = fc.subarray([...layers], { minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), wheres), (said) => {
        const traced = layers.map((layer) => {
          const entries = Object.entries(said).filter(([, by]) => by.includes(layer));
          return Object.fromEntries(entries.map(([name]) => [name, leafAt(layer, layer, layer)]));
        });
        const laid = traced.reduce<Traced>(overlay, {});
        for (const [name, by] of Object.entries(said)) {
          const [strongest, ...weaker] = by.toReversed();
          const node = Object.entries(laid).find(([found]) => found === name)?.[1];
          expect(node).toMatchObject({ value: strongest, origin: { layer: strongest } });
          expect(node).toHaveProperty(
            'overrode',
            weaker.map((layer) => expect.objectContaining({ value: layer })),
          );
        }
      }),
    );
  });

  it('changes neither of its inputs', () => {
    const [base, over] = [trace({ a: { x: 1 } }, originIn('base')), trace({ a: { x: 2, y: 3 } }, originIn('over'))];
    const before = JSON.stringify([base, over]);

    overlay(base, over);

    expect(JSON.stringify([base, over])).toBe(before);
  });
});

function leavesOf(traced: Traced, path = ''): readonly unknown[] {
  return Object.entries(traced)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, node]) => (isLeaf(node) ? [[`${path}/${name}`, node]] : leavesOf(node, `${path}/${name}`)));
}
