import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where each name that a package exports is defined: absolute path by name. */
export type Exports = ReadonlyMap<string, string>;

const OURS = /^[^\n]*packages\/(?:chart|core|engine|cli)\/src\/.*\.ts$/;

/**
 * Takes every name of our packages from the file that defines it instead of the package's index. Packages meet through
 * their index alone, but the bundler puts all that an index mentions into one chunk: a command that needs one function of
 * the engine would load all of it.
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup: (bundler) => {
    const known = new Map<string, Exports>();
    const exportsOf = (name: string): Exports => {
      const found = known.get(name) ?? readExports(`packages/${name}/src`);
      known.set(name, found);
      return found;
    };
    bundler.onLoad({ filter: OURS }, ({ path }) => ({
      contents: rewriteImports(readFileSync(path, 'utf8'), exportsOf),
      loader: 'ts',
    }));
  },
};

/** The exports that an index passes on; ours do nothing else. */
export function readExports(folder: string): Exports {
  const index = readFileSync(`${folder}/index.ts`, 'utf8');
  const lists = index.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm);
  return new Map(
    [...lists].flatMap(([, names = '', file = '']) =>
      namesIn(names).map((name) => [name.replace(/^type /, ''), resolve(folder, file)] as const),
    ),
  );
}

/** A source whose imports of our packages name the files. What is not understood stays as it is, and works as well. */
export function rewriteImports(source: string, exportsOf: (name: string) => Exports): string {
  const direct = (name: string, target: string): string => {
    const file = exportsOf(target).get(name.replace(/^type /, '').split(' as ')[0] ?? '');
    if (file === undefined) throw new Error(`@naru/${target} does not export ${name}`);
    return file;
  };
  return source
    .replaceAll(/^import (type )?\{([^}]*)\} from '@naru\/(\w+)';$/gm, (_, type = '', names: string, target: string) =>
      namesIn(names)
        .map((name) => `import ${type}{ ${name} } from '${direct(name, target)}';`)
        .join(' '),
    )
    .replaceAll(/\{ (\w+) \} = await import\('@naru\/(\w+)'\)/g, (_, name: string, target: string) => {
      return `{ ${name} } = await import('${direct(name, target)}')`;
    });
}

function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
