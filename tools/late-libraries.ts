import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** Libraries that most runs never call, though what they do must be at hand without waiting. By the names of their files. */
const LATE: ReadonlyMap<string, string> = new Map([
  ['@noble/curves/abstract/edwards.js', 'edwards'],
  ['@noble/curves/abstract/weierstrass.js', 'weierstrass'],
  ['@noble/hashes/scrypt.js', 'scrypt'],
  ['fflate', 'fflate'],
  ['re2js', 're2js'],
  ['smol-toml', 'smol-toml'],
  ['yaml', 'yaml'],
]);

/** Each of them is built as a file of its own, to be required when it is called. */
export const LATE_ENTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  [...LATE].map(([library, file]) => [file, library]),
);

/**
 * Lets libraries of the chart engine be read when they are first called: reading them takes longer than rendering a small
 * chart, and the engine cannot wait for an `import()` in the middle of a template.
 */
export const lateLibraries: Plugin = {
  name: 'late-libraries',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[@a-z]/ }, ({ path, importer }) =>
      LATE.has(path) && /\/packages\/chart\/src\//.test(importer)
        ? { path, namespace: 'late-library', sideEffects: false }
        : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'late-library' }, async ({ path }) => ({
      contents: lateModule(`./${LATE.get(path)}.cjs`, Object.entries((await import(path)) as Record<string, unknown>)),
      resolveDir: resolve('.'),
    }));
  },
};

/** A module with the same names as a library; each stands for what it is in the library, and reads `file` when it is used. */
export function lateModule(file: string, exported: readonly (readonly [string, unknown])[]): string {
  // Functions, classes, and functions with properties; a constant could not be told from its stand-in.
  const names = exported.filter(([name, value]) => name !== 'default' && typeof value === 'function');
  return `
    let library;
    const { createRequire } = process.getBuiltinModule('node:module');
    const load = () => (library ??= createRequire(import.meta.url)(${JSON.stringify(file)}));
    const late = (name) => new Proxy(function () {}, {
      apply: (_, self, args) => Reflect.apply(load()[name], self, args),
      construct: (_, args) => Reflect.construct(load()[name], args),
      get: (_, key) => load()[name][key],
    });
    ${names.map(([name]) => `export const ${name} = /* @__PURE__ */ late('${name}');`).join('\n    ')}
  `;
}
