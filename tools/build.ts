import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { build, type Metafile, type Plugin } from 'esbuild';
import { directImports } from './direct-imports.ts';
import { LATE_ENTRIES, lateLibraries } from './late-libraries.ts';
import { run } from './run.ts';

/**
 * `npm run build`: the command line as one package of JavaScript without dependencies, in `packages/cli/dist`.
 *
 * Split into chunks, so that `naru --version` loads the parser of options and nothing else. Every licence of what is
 * bundled goes with it, and a licence that is not permissive ends the build.
 */
const DIST = 'packages/cli/dist';
const PERMISSIVE: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
]);

/**
 * Takes Node's own modules without the facade that `import` makes for them: it reads every export, and so loads streams,
 * worker threads and the line editor for a program that prints its version. What the parser of options uses only for
 * subcommands in files of their own and for colours is taken when it is used.
 */
const bareBuiltins: Plugin = {
  name: 'bare-builtins',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^node:/ }, ({ path, importer }) => {
      const late = importer.includes('/commander/') && Object.hasOwn(LATE, path);
      return { path, namespace: late ? 'late' : 'bare' };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'bare' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: `exports.${LATE[path]} = (...args) => process.getBuiltinModule('${path}').${LATE[path]}(...args);`,
    }));
  },
};

/** Node keeps the compiled code between runs: parsing is most of what a short run does. */
const LAUNCHER = `#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
enableCompileCache();
await import('../lib/naru.js');
`;

/** The one function that the parser of options takes from each of these. */
const LATE: Readonly<Record<string, string>> = {
  'node:child_process': 'spawn',
  'node:util': 'stripVTControlCharacters',
};

rmSync(DIST, { recursive: true, force: true });
const { metafile } = await build({
  // Every thread of a batch starts with a program of its own.
  entryPoints: { naru: 'packages/cli/src/bin.ts', thread: 'packages/cli/src/batch/thread.ts' },
  outdir: `${DIST}/lib`,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  metafile: true,
  logLevel: 'warning',
  plugins: [bareBuiltins, directImports, lateLibraries],
  // Bundled CommonJS asks for Node's own modules with `require`, and for nothing else.
  banner: { js: 'const require=(name)=>process.getBuiltinModule(name);' },
});
const late = await build({
  entryPoints: LATE_ENTRIES,
  outdir: `${DIST}/lib`,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  metafile: true,
  logLevel: 'warning',
});
const inputs = { ...metafile.inputs, ...late.metafile.inputs };
const outputs = { ...metafile.outputs, ...late.metafile.outputs };
cpSync('catalog', `${DIST}/catalog`, { recursive: true, filter: (path) => !path.includes('testdata') });
mkdirSync(`${DIST}/bin`);
writeFileSync(`${DIST}/bin/naru.js`, LAUNCHER, { mode: 0o755 });
writeFileSync(`${DIST}/THIRD-PARTY-NOTICES.txt`, notices({ inputs, outputs }));
writeFileSync(`${DIST}/package.json`, manifest());
cpSync('LICENSE', `${DIST}/LICENSE`);

const { output, exitCode } = await run(process.execPath, [`${DIST}/bin/naru.js`, '--version']);
if (exitCode !== 0) throw new Error(`the bundle does not run: ${output}`);
const bytes = Object.keys(outputs).reduce((sum, file) => sum + statSync(file).size, 0);
console.log(`${DIST}: naru ${output.trim()}, ${(bytes / 1024 / 1024).toFixed(1)} MiB of JavaScript`);

function manifest(): string {
  const { version, license } = readJson('packages/cli/package.json');
  return `${JSON.stringify({ name: 'naru', version, license, type: 'module', engines: { node: '>=24' }, bin: { naru: 'bin/naru.js' } }, null, 2)}\n`;
}

/** The packages whose code is in the bundle, each with its licence. */
function notices({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const texts = [...folders].toSorted().map((folder) => {
    const { name, version, license } = readJson(`${folder}/package.json`);
    const terms = license.replaceAll(/[()]/g, '').split(/ OR | AND /);
    if (!terms.some((term) => PERMISSIVE.has(term)))
      throw new Error(`${name} ${version} is licensed under ${license}: not permissive`);
    return `${name} ${version}\nLicense: ${license}\n\n${licenceText(folder)}`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceText(folder: string): string {
  for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'LICENSE-MIT']) {
    try {
      return readFileSync(`${folder}/${file}`, 'utf8');
    } catch {
      // Packages name this file in many ways; the last resort is the SPDX name above.
    }
  }
  return '';
}

/** What the build needs of a `package.json`. */
interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

function readJson(file: string): PackageFile {
  return JSON.parse(readFileSync(file, 'utf8')) as PackageFile;
}
