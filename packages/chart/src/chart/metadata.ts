import { ChartError } from '../error/chart-error.ts';
import type { ChartPlace } from '../error/chart-error.ts';
import { parseVersion } from '../semver/version.ts';
import { formatFloat } from '../value/float.ts';
import { quoteGo } from '../value/quote.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import type { ChartDependency, ChartMetadata } from './chart.ts';

const NOTHING: ReadonlyMap<string, Value> = new Map();

/**
 * Reads `Chart.yaml` and refuses what Helm refuses. What `requirements.yaml` says besides is laid over it, as Helm does:
 * meant for the dependencies of old charts, it can replace any field.
 */
export function readMetadata(content: Value, requirements: Value, place: ChartPlace): ChartMetadata {
  const fields = new Map([...(asMap(content) ?? NOTHING), ...(asMap(requirements) ?? NOTHING)]);
  const text = (name: string): string => sanitize(textOf(fields.get(name)));
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
    dependencies: maps(fields.get('dependencies')).map(readDependency),
    type: textOf(fields.get('type')),
  };
  const wrong = faultOf(metadata, fields);
  if (wrong !== undefined) {
    throw new ChartError('CHART_INVALID', { reason: `validation: ${wrong}` }, { place });
  }
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

/** What Helm's validation of the metadata finds first. */
function faultOf(metadata: ChartMetadata, fields: ReadonlyMap<string, Value>): string | undefined {
  const { name, version, type } = metadata;
  if (name === '') return 'chart.metadata.name is required';
  if (name === '.' || name === '..') return `chart.metadata.name ${quoteGo(name)} is not allowed`;
  if (name.includes('/')) return `chart.metadata.name ${quoteGo(name)} is invalid`;
  if (version === '') return 'chart.metadata.version is required';
  if (parseVersion(version) === undefined) return `chart.metadata.version ${quoteGo(version)} is invalid`;
  if (!['', 'application', 'library'].includes(type)) return 'chart.metadata.type must be application or library';
  if (hasNull(fields.get('maintainers'))) return 'maintainers must not contain empty or null nodes';
  return dependencyFault(metadata.dependencies, fields.get('dependencies'));
}

function dependencyFault(dependencies: readonly ChartDependency[], written: Value): string | undefined {
  const seen = new Set<string>();
  for (const dependency of dependencies) {
    if (dependency.alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(dependency.alias)) {
      return `dependency ${quoteGo(dependency.name)} has disallowed characters in the alias`;
    }
    const key = dependency.alias || dependency.name;
    if (seen.has(key)) return `more than one dependency with name or alias ${quoteGo(key)}`;
    seen.add(key);
  }
  return hasNull(written) ? 'dependencies must not contain empty or null nodes' : undefined;
}

function hasNull(value: Value): boolean {
  return Array.isArray(value) && value.includes(null);
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
