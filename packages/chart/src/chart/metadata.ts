import { ChartError } from '../error/chart-error.ts';
import { parseVersion } from '../semver/version.ts';
import { formatFloat } from '../value/float.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import type { ChartDependency, ChartMetadata } from './chart.ts';

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** Reads `Chart.yaml` (and a v1 chart's `requirements.yaml`) and refuses what Helm refuses. */
export function readMetadata(content: Value, requirements: Value): ChartMetadata {
  const fields = asMap(content) ?? NOTHING;
  const text = (name: string): string => sanitize(textOf(fields.get(name)));
  const extra = asMap(requirements)?.get('dependencies');
  const metadata: ChartMetadata = {
    name: text('name'),
    home: text('home'),
    sources: texts(fields.get('sources')),
    version: textOf(fields.get('version')),
    description: text('description'),
    keywords: texts(fields.get('keywords')),
    maintainers: maps(fields.get('maintainers')).map((item) => ({
      name: sanitize(textOf(item.get('name'))),
      email: sanitize(textOf(item.get('email'))),
      url: sanitize(textOf(item.get('url'))),
    })),
    icon: text('icon'),
    apiVersion: textOf(fields.get('apiVersion')) || 'v1',
    condition: text('condition'),
    tags: text('tags'),
    appVersion: text('appVersion'),
    deprecated: fields.get('deprecated') === true,
    annotations: new Map(
      [...(asMap(fields.get('annotations')) ?? NOTHING)].map(([key, value]) => [key, textOf(value)]),
    ),
    kubeVersion: text('kubeVersion'),
    dependencies: maps(extra ?? fields.get('dependencies')).map(readDependency),
    type: textOf(fields.get('type')),
  };
  validate(metadata);
  return metadata;
}

function readDependency(fields: ReadonlyMap<string, Value>): ChartDependency {
  const text = (name: string): string => sanitize(textOf(fields.get(name)));
  const imports = fields.get('import-values');
  return {
    name: text('name'),
    version: text('version'),
    repository: text('repository'),
    condition: text('condition'),
    tags: texts(fields.get('tags')),
    alias: textOf(fields.get('alias')),
    importValues: (Array.isArray(imports) ? imports : []).map((item) => {
      const pair = asMap(item);
      return pair === undefined
        ? textOf(item)
        : { child: textOf(pair.get('child')), parent: textOf(pair.get('parent')) };
    }),
  };
}

function validate(metadata: ChartMetadata): void {
  const { name, version, type } = metadata;
  if (name === '') refuse('validation: chart.metadata.name is required');
  if (name === '.' || name === '..') refuse(`validation: chart.metadata.name "${name}" is not allowed`);
  if (name.includes('/')) refuse(`validation: chart.metadata.name "${name}" is invalid`);
  if (version === '') refuse('validation: chart.metadata.version is required');
  if (parseVersion(version) === undefined) refuse(`validation: chart.metadata.version "${version}" is invalid`);
  if (!['', 'application', 'library'].includes(type)) {
    refuse('validation: chart.metadata.type must be application or library');
  }
  const seen = new Set<string>();
  for (const dependency of metadata.dependencies) {
    if (dependency.alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(dependency.alias)) {
      refuse(`validation: dependency "${dependency.name}" has disallowed characters in the alias`);
    }
    const key = dependency.alias || dependency.name;
    if (seen.has(key)) refuse(`validation: more than one dependency with name or alias "${key}"`);
    seen.add(key);
  }
}

/** A scalar where Helm wants a text: numbers and booleans are written out. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatFloat(value);
  return typeof value === 'boolean' ? String(value) : '';
}

function texts(value: Value): string[] {
  return Array.isArray(value) ? value.map((item) => sanitize(textOf(item))) : [];
}

function maps(value: Value): ReadonlyMap<string, Value>[] {
  return Array.isArray(value) ? value.flatMap((item) => asMap(item) ?? []) : [];
}

/** White space becomes a space; what does not print goes. */
function sanitize(text: string): string {
  return text.replace(/\s/g, ' ').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '');
}

function refuse(reason: string): never {
  throw new ChartError('CHART_INVALID', { reason }, { place: { file: 'Chart.yaml', line: 1, column: 1 } });
}
