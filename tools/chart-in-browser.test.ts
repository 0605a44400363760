import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import * as naruChart from '@naru/chart';
import { constants, type Context, createContext, runInContext } from 'node:vm';
import { build, type BuildResult } from 'esbuild';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';

/** Where Debian has it; `tools/install-node-packages.ts` installs it. */
const CHROMIUM = '/usr/bin/chromium';
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync --disable-background-networking --disable-component-update';
/** The strictest policy under which a page can have a script at all: no `eval`, no code in the page, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'";
const CORPUS = 'conformance/charts';

/** A chart as it can travel into a page: names, and contents as text of one character for each byte. */
type Files = readonly (readonly [string, string])[];

function filesOf(folder: string): Files {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'latin1')]);
}

/** The charts of the corpus, and one whose includes are as deep as Helm allows. */
const CASES: readonly { readonly name: string; readonly files: Files }[] = [
  // Those of cryptography are slow on purpose: passwords and keys take seconds each. One key stands for them.
  ...readdirSync(CORPUS)
    .filter((name) => !name.startsWith('crypto-'))
    .map((name) => ({ name, files: filesOf(join(CORPUS, name, 'chart')) })),
  {
    name: 'a key and a cipher',
    files: chartOf('a: {{ genPrivateKey "ed25519" | quote }}\nb: {{ encryptAES "k" "text" | quote }}'),
  },
  ...[1000, 1001].map((depth) => ({ name: `${depth} includes inside each other`, files: deepChart(depth) })),
];

function deepChart(depth: number): Files {
  const next = '{{ with . }}{{ include "next" (dict "left" (sub .left 1)) | nindent 0 | trim }}{{ end }}';
  const define = `{{ define "next" }}{{ if gt (int .left) 0 }}${next}{{ else }}end{{ end }}{{ end }}`;
  return chartOf(`${define}a: {{ include "next" (dict "left" ${depth}) }}`);
}

function chartOf(template: string): Files {
  return [
    ['Chart.yaml', 'apiVersion: v2\nname: one\nversion: 1.0.0\n'],
    ['templates/a.yaml', template],
  ];
}

/** Runs in Node and, as the same text, in the page. */
function render(engine: typeof naruChart, files: Files): string {
  try {
    const chart = engine.loadChart(
      engine.filterIgnored(
        new Map(files.map(([name, content]) => [name, Uint8Array.from(content, (char) => char.charCodeAt(0))])),
      ),
    );
    return engine.formatTemplateOutput(
      engine.renderChart(chart, {
        release: { name: 'rel', namespace: 'ns' },
        values: {},
        capabilities: { kubeVersion: 'v1.37.0' },
        random: { bytes: (count) => new Uint8Array(count).map((_, i) => (i * 37 + 11) % 256) },
        now: () => 1_767_323_045_000,
        trace: true,
      }),
    );
  } catch (error) {
    return `Error: ${String(error)}`;
  }
}

/** What Node renders; each case once, as both realms are held to it. */
const outputsOfNode = new Map<Files, string>();

function expected(files: Files): string {
  const known = outputsOfNode.get(files) ?? render(naruChart, files);
  outputsOfNode.set(files, known);
  return known;
}

async function bundle(): Promise<BuildResult<{ metafile: true; write: false }>> {
  return await build({
    entryPoints: ['packages/chart/src/index.ts'],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'naruChart',
    metafile: true,
    write: false,
  });
}

describe('the bundle of @naru/chart for browsers', () => {
  it('has no module of Node in it', async () => {
    const { metafile } = await bundle();
    const imports = Object.values(metafile.inputs).flatMap(({ imports: found }) => found.map(({ path }) => path));

    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter((path) => path.startsWith('node:'))).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports: left }) => left)).toEqual([]);
  });
});

describe('in a realm that has nothing but ECMAScript', () => {
  // No process, no files, no network, no clock of its own, no randomness: what is not there cannot be reached.
  let realm: Context;

  beforeAll(async () => {
    const { outputFiles } = await bundle();
    // Without the look-ups of a sandbox in between, which make every use of a global slow.
    realm = createContext(constants.DONT_CONTEXTIFY);
    runInContext(
      'delete globalThis.WebAssembly; delete globalThis.console; delete Math.random; delete Date.now;',
      realm,
    );
    runInContext(`${outputFiles[0]?.text ?? ''}; const render = ${render.toString()};`, realm);
  });

  it('has nothing else in it', () => {
    const host = runInContext('Object.getOwnPropertyNames(globalThis)', realm) as string[];

    expect(
      host.filter((name) => /process|require|fetch|crypto|XML|Socket|Timeout|Text|URL|Worker|navigator/.test(name)),
    ).toEqual([]);
  });

  it.each(CASES)('renders $name as Node does', ({ files }) => {
    expect(runInContext(`render(naruChart, ${JSON.stringify(files)})`, realm)).toBe(expected(files));
  });
});

if (!existsSync(CHROMIUM)) {
  describe('in Chromium', () => {
    it('renders what Node renders', (context) => context.skip(`no ${CHROMIUM}: run tools/install-node-packages.ts`));
  });
} else {
  describe('in Chromium, under a policy that forbids `eval`', () => {
    let results: Results;
    const asked: string[] = [];

    beforeAll(async () => {
      results = await renderInPage(asked);
    }, 60_000);

    it('is in a page whose policy is in force', () => {
      expect(results.evaluated).toBe('EvalError');
    });

    it.each(CASES.map(({ name, files }, i) => ({ name, files, i })))('renders $name as Node does', ({ files, i }) => {
      expect(results.outputs[i]).toBe(expected(files));
    });

    it('has asked for nothing but its scripts', () => {
      expect(asked.filter((url) => url !== '/favicon.ico')).toEqual(['/', '/chart.js', '/cases.js', '/render.js']);
    });
  });
}

interface Results {
  /** What came of an `eval` in the page's own script. */
  readonly evaluated: string;
  readonly outputs: readonly string[];
}

/** Everything happens in the page's own scripts, as the debugger is exempt from the policy; it only takes the results. */
async function renderInPage(asked: string[]): Promise<Results> {
  const { outputFiles } = await bundle();
  const names = ['chart', 'cases', 'render'];
  const answers: Readonly<Record<string, string>> = {
    '/': `<!doctype html><title>chart</title>${names.map((script) => `<script src="/${script}.js"></script>`).join('')}`,
    '/chart.js': outputFiles[0]?.text ?? '',
    '/cases.js': `globalThis.cases = ${JSON.stringify(CASES.map(({ files }) => files))};`,
    '/render.js': `const render = ${render.toString()};
      let evaluated = 'allowed';
      try { eval('1'); } catch (error) { evaluated = error.name; }
      globalThis.results = { evaluated, outputs: cases.map((files) => render(naruChart, files)) };`,
  };
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const type = url === '/' ? 'text/html' : 'text/javascript';
    const headers = { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY };
    response.writeHead(answers[url] === undefined ? 404 : 200, headers).end(answers[url]);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(() => (globalThis as unknown as { results: Results }).results);
  } finally {
    await browser.close();
    server.close();
  }
}
