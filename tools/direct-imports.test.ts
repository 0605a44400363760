import { describe, expect, it } from 'vitest';
import { type Exports, readExports, rewriteImports } from './direct-imports.ts';

const engine: Exports = new Map([
  ['connect', '/engine/connect.ts'],
  ['Target', '/engine/target.ts'],
]);
const rewrite = (source: string): string => rewriteImports(source, () => engine);

describe('imports of our own packages', () => {
  it('name the file that defines what they take', () => {
    expect(rewrite("import { connect, type Target } from '@naru/engine';\n")).toBe(
      "import { connect } from '/engine/connect.ts'; import { type Target } from '/engine/target.ts';\n",
    );
  });

  it('are understood over several lines, for types, and under another name', () => {
    expect(rewrite("import type {\n  Target as Aim,\n} from '@naru/engine';")).toBe(
      "import type { Target as Aim } from '/engine/target.ts';",
    );
  });

  it('are understood where something is loaded late', () => {
    expect(rewrite("const { connect } = await import('@naru/engine');")).toBe(
      "const { connect } = await import('/engine/connect.ts');",
    );
  });

  it('are refused when the index does not pass the name on', () => {
    expect(() => rewrite("import { launch } from '@naru/engine';")).toThrow('@naru/engine does not export launch');
  });

  it('of others stay as they are', () => {
    const source =
      "import { z } from 'zod';\nimport { near } from './near.ts';\nimport * as all from '@naru/engine';\n";

    expect(rewrite(source)).toBe(source);
  });

  it('keep every line where it was when they stand on one', () => {
    const source = "import { connect } from '@naru/engine';\nconnect();\n";

    expect(rewrite(source).split('\n').indexOf('connect();')).toBe(1);
  });
});

it.each(['chart', 'core', 'engine'])('the index of %s is read whole', async (name) => {
  const index = (await import(`../packages/${name}/src/index.ts`)) as object;
  const known = readExports(`packages/${name}/src`);

  expect(Object.keys(index).filter((exported) => !known.has(exported))).toEqual([]);
});
