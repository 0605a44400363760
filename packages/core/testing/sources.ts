import type { ComponentContent, ComponentSource, Sources, Written } from '../src/compose/sources.ts';
import type { GivenSecret } from '../src/compose/declared-secret.ts';
import { NaruError } from '../src/error/naru-error.ts';
import type { Secret } from '../src/spec/secret.ts';
import { type Document, readDocument } from '../src/document/document.ts';
import { Refusal } from '../src/finding/finding.ts';
import { Component } from '../src/spec/component.ts';
import { Platform } from '../src/spec/platform.ts';
import { Profile } from '../src/spec/profile.ts';
import { readSpec } from '../src/spec/read-spec.ts';
import { Site } from '../src/spec/site.ts';

type Files = ReadonlyMap<string, string>;

/**
 * Sources from texts, as `load` makes them from a folder: `platform.yaml`, `sites/*.yaml`, `components/<name>/component.yaml`
 * with `chart/` or `manifests/` beside it, the same in `at/<site>/` for one site, `values/*.yaml`, `profiles/*.yaml`, and `catalog/<name>.yaml` and
 * `catalog/profiles/<name>.yaml` for what the catalog could offer.
 *
 * Throws a `Refusal` with what is wrong with a document.
 */
export function sourcesOf(files: Files): Sources {
  const platform = written(files, 'platform.yaml', Platform);
  const parts = Map.groupBy(files, ([file]) => /^components\/([^/]+)\//.exec(file)?.[1]);
  const named = (pattern: RegExp): readonly (readonly [string, string])[] =>
    [...files.keys()].flatMap((file) => {
      const name = pattern.exec(file)?.[1];
      return name === undefined ? [] : [[name, file] as const];
    });
  return {
    folder: '.',
    platform,
    sites: new Map(named(/^sites\/(.+)\.yaml$/).map(([name, file]) => [name, written(files, file, Site)])),
    profiles: new Map(
      named(/^(?:catalog\/)?profiles\/(.+)\.yaml$/).map(([name, file]) => [
        name,
        { ...written(files, file, Profile), isShipped: file.startsWith('catalog/') },
      ]),
    ),
    secrets: new Map(
      Object.entries(platform.spec.spec.secrets ?? {}).map(([name, spec]) => [
        name,
        { spec, given: givenTo(spec, files) },
      ]),
    ),
    components: new Map(
      Object.keys(platform.spec.spec.components).map((name) => [name, componentOf(new Map(parts.get(name)), name)]),
    ),
    siteComponents: new Map(
      named(/^sites\/(.+)\.yaml$/).map(([site]) => [
        site,
        new Map(
          named(new RegExp(`^at/${site}/components/([^/]+)/component\\.yaml$`)).map(([name]) => {
            const base = `at/${site}/components/${name}`;
            return [name, componentOf(files, name, base)];
          }),
        ),
      ]),
    ),
    valuesFiles: new Map(named(/^(values\/.+\.yaml)$/).map(([name, file]) => [name, document(files, file)])),
    catalog: named(/^catalog\/([^/]+)\.yaml$/).map(([name, file]) => {
      const { spec } = written(files, file, Component);
      return { name, provides: Object.keys(spec.spec.provides ?? {}) };
    }),
  };
}

/** What `load` reads from the world: `env/<variable>` stands for a variable, every other file for itself. */
function givenTo({ fromEnv, fromFile }: Secret, files: Files): GivenSecret | undefined {
  const file = fromEnv === undefined ? fromFile : `env/${fromEnv}`;
  if (file === undefined) return undefined;
  const text = files.get(file);
  if (text !== undefined) return { text, missing: undefined };
  const place = { file: 'platform.yaml', line: 1, column: 1 };
  return { text: undefined, missing: new NaruError('SECRET_UNSET', { secret: file, variable: file }, { place }) };
}

function componentOf(files: Files, name: string, base = `components/${name}`): ComponentSource {
  const descriptor = files.has(`${base}/component.yaml`)
    ? written(files, `${base}/component.yaml`, Component)
    : undefined;
  return { descriptor, content: contentOf(files, base) };
}

function contentOf(files: Files, base: string): ComponentContent {
  const under = (folder: string): readonly string[] => [...files.keys()].filter((file) => file.startsWith(folder));
  const chart = under(`${base}/chart/`);
  const text = (file: string): string => files.get(file) ?? '';
  if (chart.length === 0) {
    return { kind: 'manifests', files: under(`${base}/manifests/`).map((file) => ({ file, text: text(file) })) };
  }
  const encoder = new TextEncoder();
  const inside = chart.map((file) => [file.slice(`${base}/chart/`.length), encoder.encode(text(file))] as const);
  return { kind: 'chart', folder: `${base}/chart`, files: new Map(inside) };
}

function written<S extends Parameters<typeof readSpec>[0]>(
  files: Files,
  file: string,
  schema: S,
): Written<ReturnType<S['parse']>> {
  const read = document(files, file);
  const { spec, findings } = readSpec(schema, read);
  if (findings.length > 0) throw new Refusal(findings);
  return { spec: spec as ReturnType<S['parse']>, document: read };
}

function document(files: Files, file: string): Document {
  const { document: read, findings } = readDocument(file, files.get(file) ?? '');
  if (read === undefined) throw new Refusal(findings);
  return read;
}
