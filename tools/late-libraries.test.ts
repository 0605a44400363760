import { runInNewContext } from 'node:vm';
import { beforeEach, expect, it } from 'vitest';
import { lateModule } from './late-libraries.ts';

class Shape {
  static readonly origin = 'here';
  readonly sides: number;

  constructor(sides: number) {
    this.sides = sides;
  }
}
const library = { add: (a: number, b: number) => a + b, Shape, version: '1' };
let loads: number;
let late: typeof library;

beforeEach(() => {
  loads = 0;
  const source = lateModule('./shapes.cjs', Object.entries(library))
    .replaceAll('export const ', 'exports.')
    .replaceAll('import.meta.url', "'file:///here.js'");
  late = {} as typeof library;
  const createRequire = (from: string) => (file: string) => {
    loads += 1;
    return new URL(file, from).href === 'file:///shapes.cjs' ? library : undefined;
  };
  const process = { getBuiltinModule: () => ({ createRequire }) };
  runInNewContext(source, { exports: late, process, Proxy, Reflect });
});

it('loads nothing before something is used, and then once', () => {
  expect(loads).toBe(0);
  expect(late.add(1, 2)).toBe(3);
  expect(late.add(3, 4)).toBe(7);
  expect(loads).toBe(1);
});

it('makes what the library makes, and knows it again', () => {
  const shape = new late.Shape(4);

  expect(shape).toBeInstanceOf(Shape);
  expect(shape instanceof late.Shape).toBe(true);
  expect({} instanceof late.Shape).toBe(false);
  expect(late.Shape.origin).toBe('here');
});

it('has no stand-in for what cannot have one', () => {
  expect(Object.keys(late)).toEqual(['add', 'Shape']);
});
