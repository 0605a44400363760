import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Component, Platform, Profile, readDocument, readSpec, Site } from '@naru/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newReader, type Reader } from '../packages/testkit/src/documents/reader.ts';
import { shellBlocks } from '../packages/testkit/src/documents/shell-blocks.ts';
import { documentedCommands } from './reference/commands-page.ts';

/** Every document that people wrote, and the generated pages that they link to. */
const DOCUMENTS = ['README.md', 'README.ko.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].concat(
  (await readdir('examples')).map((name) => join('examples', name, 'README.md')),
  (await readdir('docs', { recursive: true })).filter((path) => path.endsWith('.md')).map((path) => join('docs', path)),
);
const texts = new Map(await Promise.all(DOCUMENTS.map(async (path) => [path, await readFile(path, 'utf8')] as const)));

function textOf(document: string): string {
  const text = texts.get(document);
  if (text === undefined) throw new Error(`no document ${document}`);
  return text;
}

describe.each(['README.md', 'README.ko.md', ...DOCUMENTS.filter((path) => path.startsWith('docs/guide/'))])(
  'the commands of %s',
  (document) => {
    let reader: Reader;
    beforeAll(async () => {
      reader = await newReader(process.cwd());
    });
    afterAll(() => reader.leave());

    it('work as they stand, without a cluster', async () => {
      for (const { line, script } of shellBlocks(textOf(document)).filter(({ needs }) => needs === 'nothing')) {
        const { exitCode, output } = await reader.run(script);
        expect(exitCode, `${document}:${line}\n${output}`).toBe(0);
      }
    });
  },
);

const commands = await documentedCommands();
const examples = commands.flatMap((command) => command.examples);
const needsCluster = (example: string): boolean =>
  /^naru (?:apply|status|delete|rehearse)\b|^naru plan (?!.*--offline)/.test(example);
const needsNetwork = (example: string): boolean => example.startsWith('naru chart pull ');
const needsNothing = (example: string): boolean => !needsCluster(example) && !needsNetwork(example);

describe('the examples of the help', () => {
  let reader: Reader;
  beforeEach(async () => {
    reader = await newReader(process.cwd());
  });
  afterEach(() => reader.leave());

  it.each(examples.filter(needsNothing))('work as they stand: %s', async (example) => {
    const { exitCode, output } = await reader.run(example);

    expect(exitCode, output).toBe(0);
  });

  it.each(examples.filter(needsNetwork))('are taken, and fail for want of a network alone: %s', async (example) => {
    const { output } = await reader.run(`${example} --offline`);

    expect(output).toMatch(/^CHART_NOT_CACHED /m);
  });

  it.each(examples.filter(needsCluster))('are taken, and fail for want of a cluster alone: %s', async (example) => {
    // A version that nobody has ends a rehearsal before it starts anything; the last of two counts.
    const { output } = await reader.run(example.includes('rehearse') ? `${example} --kube 9.9` : example);

    expect(output).toMatch(/^(?:KUBECONFIG_MALFORMED|KUBERNETES_VERSION_UNKNOWN) /m);
  });
});

describe('the README', () => {
  it.each(['README.md', 'README.ko.md'])('names every command in %s', (document) => {
    const rows = [...textOf(document).matchAll(/^\| `naru ([a-z ]+)` \|/gm)].map(([, name]) => name);

    expect(rows).toEqual(commands.map(({ words }) => words.join(' ')));
  });

  it('gives two commands to start with', () => {
    const scripts = shellBlocks(textOf('README.md')).filter(({ needs }) => needs === 'clone');

    expect(scripts.map(({ script }) => script)).toEqual([
      'npm ci && npx naru rehearse examples/hello --site dev',
      'npm ci && npm test',
    ]);
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  it('links to what is there', async () => {
    const links = [...prose(textOf(document)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => link ?? []);
    const broken: string[] = [];
    for (const link of links.filter((target) => !/^https?:/.test(target))) {
      if (!(await resolves(document, link))) broken.push(link);
    }

    expect(broken).toEqual([]);
  });

  it('names files that are there', async () => {
    const named = [
      ...textOf(document).matchAll(/`((?:packages|tools|docs|examples|catalog|conformance|bench)\/[\w./-]+)`/g),
    ];
    const missing: string[] = [];
    for (const [, path = ''] of named) if (!(await exists(path))) missing.push(path);

    expect(missing).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const rows = [...textOf('ARCHITECTURE.md').matchAll(/^\| `(\w+)` \|.*`(packages\/[\w/.-]+\.ts)` \|/gm)];

  it('lists the road', () => {
    const road = ['load', 'compose', 'compile', 'check', 'observe', 'planPlatform', 'execute', 'observeStatus'];

    expect(rows.map(([, name]) => name)).toEqual(road);
  });

  it.each(rows.map(([, name = '', file = '']) => [name, file]))('finds %s in %s', async (name, file) => {
    expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^export (?:async )?function ${name}\\(`, 'm'));
  });
});

describe('docs/guide/platform-folder.md', () => {
  const page = textOf('docs/guide/platform-folder.md');
  const schemas = { Platform, Site, Profile, Component } as const;
  const shown = [...page.matchAll(/^```yaml\n(apiVersion: naru[^`]*?^kind: (\w+)$[^`]*)^```$/gm)];

  it.each(shown.map(([, text = '', kind = '']) => [kind, text]))('shows a %s that Naru accepts', (kind, text) => {
    const { document, findings } = readDocument(`${kind}.yaml`, text);
    const schema = Object.entries(schemas).find(([name]) => name === kind)?.[1];
    if (document === undefined || schema === undefined) throw new Error(`${kind}: ${JSON.stringify(findings)}`);

    expect(readSpec(schema, document).findings).toEqual([]);
  });

  it('shows one of each', () => {
    expect([...new Set(shown.map(([, , kind]) => kind))]).toEqual(Object.keys(schemas));
  });

  it.each(['platform', 'site', 'profile', 'component'])('explains every field of the schema of %s', async (name) => {
    const schema: unknown = JSON.parse(await readFile(`docs/reference/${name}.schema.json`, 'utf8'));
    const unexplained = fieldsOf(schema).filter(
      (field) => !new RegExp(`\`(?:[\\w.]+\\.)?${field}(?:[.:][^\`]*)?\``).test(page),
    );

    expect(unexplained).toEqual([]);
  });
});

/** Fields that stand in the head of every document of Kubernetes. */
const SELF_EVIDENT: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'spec']);

function fieldsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    additionalProperties,
    items,
  } = schema as {
    readonly properties?: object;
    readonly additionalProperties?: unknown;
    readonly items?: unknown;
  };
  const own = Object.entries(properties);
  const names = own.map(([name]) => name).filter((name) => !SELF_EVIDENT.has(name));
  const below = [...own.map(([, child]: [string, unknown]) => child), additionalProperties, items];
  return [...new Set([...names, ...below.flatMap((child) => fieldsOf(child))])];
}

/** A document without its blocks and spans of code. */
function prose(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`(?!\])/g, '');
}

async function resolves(document: string, link: string): Promise<boolean> {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : join(dirname(document), path);
  if (anchor === undefined) return await exists(target);
  return (await exists(target)) && anchorsOf(await readFile(target, 'utf8')).includes(anchor);
}

/** The anchors that code forges make of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
