import { readdirSync, readFileSync } from 'node:fs';
import { Component, readDocument, readSpec } from '@naru/core';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/guide/catalog.md', 'utf8');
const rows = new Map(
  [...page.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, name = '', cells = '']) => [name, cells]),
);

describe.each(readdirSync('catalog'))('%s', (name) => {
  const { provides = {}, needs = {} } = specOf(name);
  const [, provided = '', needed = ''] = rows.get(name)?.split('|') ?? [];

  it('stands in the guide with what it provides', () => {
    expect(codes(provided)).toEqual(Object.keys(provides));
  });

  it('stands there with what it needs', () => {
    const declared = Object.values(needs).map(({ capability }) => capability);

    // What `ingress` publishes is for the platform to say.
    expect(codes(needed).toSorted()).toEqual(name === 'ingress' ? ['http-endpoint'] : declared.toSorted());
    expect(needed.includes('if there is one')).toBe(Object.values(needs).some(({ optional }) => optional === true));
  });

  it('gives nothing that the guide does not tell of', () => {
    const outputs = Object.values(provides).flatMap((tree) => Object.keys(tree));

    expect(outputs.filter((output) => !page.includes(`\`${output}\``))).toEqual([]);
  });
});

it('explains every capability of the catalog', () => {
  const told = codes(page.slice(page.indexOf('## What capabilities give')));
  const capabilities = readdirSync('catalog').flatMap((name) => Object.keys(specOf(name).provides ?? {}));

  expect(capabilities.filter((capability) => !told.includes(capability))).toEqual([]);
});

function codes(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function specOf(name: string): Component['spec'] {
  const file = `catalog/${name}/component.yaml`;
  const { document, findings } = readDocument(file, readFileSync(file, 'utf8'));
  const read = document === undefined ? undefined : readSpec(Component, document);
  if (read?.spec === undefined) throw new Error(`${file}: ${JSON.stringify(read?.findings ?? findings)}`);
  return read.spec.spec;
}
