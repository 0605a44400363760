import { textOf } from '../chart/metadata.ts';
import { ChartError } from '../error/chart-error.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { readYaml } from '../yaml/parse-yaml.ts';
import { compareKinds } from './install-order.ts';
import type { HookEvent, RenderedHook, RenderedManifest } from './rendered-chart.ts';
import { splitManifests } from './split-manifests.ts';

const EVENTS: ReadonlyMap<string, HookEvent> = new Map([
  ['pre-install', 'pre-install'],
  ['post-install', 'post-install'],
  ['pre-delete', 'pre-delete'],
  ['post-delete', 'post-delete'],
  ['pre-upgrade', 'pre-upgrade'],
  ['post-upgrade', 'post-upgrade'],
  ['pre-rollback', 'pre-rollback'],
  ['post-rollback', 'post-rollback'],
  ['test', 'test'],
  ['test-success', 'test'],
]);

export interface SortedManifests {
  readonly manifests: readonly RenderedManifest[];
  readonly hooks: readonly RenderedHook[];
}

/**
 * Cuts the outputs of templates into documents, takes the hooks out, and puts the rest into install order.
 * Hooks of an event that Helm does not know are dropped, as Helm drops them.
 */
export function sortManifests(outputs: ReadonlyMap<string, string>): SortedManifests {
  const manifests: RenderedManifest[] = [];
  const hooks: RenderedHook[] = [];
  for (const template of [...outputs.keys()].sort()) {
    for (const content of splitManifests(outputs.get(template) ?? '')) {
      const { manifest, annotations } = readHead(template, content);
      const events = annotations.get('helm.sh/hook');
      if (events === undefined) manifests.push(manifest);
      else hooks.push(...readHook(manifest, annotations, textOf(events)));
    }
  }
  const byKind = (a: RenderedManifest, b: RenderedManifest): number => compareKinds(a.kind, b.kind);
  return { manifests: manifests.sort(byKind), hooks: hooks.sort(byKind) };
}

interface Head {
  readonly manifest: RenderedManifest;
  readonly annotations: ReadonlyMap<string, Value>;
}

function readHead(template: string, content: string): Head {
  let document: Value;
  try {
    document = readYaml(content, { file: template });
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const reason = `YAML parse error on ${template}: ${error.message}`;
    throw new ChartError('MANIFEST_INVALID', { reason }, { cause: error, place: error.place });
  }
  const fields = asMap(document);
  if (fields === undefined && document !== null) {
    const reason = `YAML parse error on ${template}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(document)} into Go value of type util.SimpleHead`;
    throw new ChartError('MANIFEST_INVALID', { reason }, { place: { file: template, line: 1, column: 1 } });
  }
  const metadata = asMap(fields?.get('metadata'));
  const manifest = {
    template,
    apiVersion: textOf(fields?.get('apiVersion')),
    kind: textOf(fields?.get('kind')),
    name: textOf(metadata?.get('name')),
    content,
  };
  return { manifest, annotations: asMap(metadata?.get('annotations')) ?? new Map() };
}

function jsonKind(value: Value): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function readHook(
  manifest: RenderedManifest,
  annotations: ReadonlyMap<string, Value>,
  written: string,
): readonly RenderedHook[] {
  const events: HookEvent[] = [];
  for (const name of listOf(written)) {
    const event = EVENTS.get(name);
    if (event === undefined) return [];
    events.push(event);
  }
  const weight = textOf(annotations.get('helm.sh/hook-weight'));
  const policies = annotations.get('helm.sh/hook-delete-policy');
  return [
    {
      ...manifest,
      events,
      weight: /^[+-]?\d+$/.test(weight) ? Number(weight) : 0,
      deletePolicies: policies === undefined ? [] : listOf(textOf(policies)),
    },
  ];
}

function listOf(written: string): string[] {
  return written.split(',').map((part) => part.trim().toLowerCase());
}
