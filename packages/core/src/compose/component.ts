import type { Document, Path } from '../document/document.ts';
import { NaruError } from '../error/naru-error.ts';
import { typeWordOf } from '../error/type-words.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import type { SiteComponent } from '../spec/platform.ts';
import type { Site } from '../spec/site.ts';
import type { Binding, ComposedComponent } from './composition.ts';
import { resolveExpressions, type Scope } from './expression.ts';
import type { Candidate, Match } from './needs.ts';
import { mapSettings, mergeSettings } from './settings.ts';
import type { Sources, Written } from './sources.ts';
import { type LayerName, overlay, type Traced, trace } from './traced.ts';

/** What each capability of a component gives to those who need it. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface ComponentInput {
  readonly candidate: Candidate;
  readonly matches: readonly Match[];
  readonly standsOn: readonly string[];
  readonly sources: Sources;
  readonly site: Written<Site>;
  readonly scope: Pick<Scope, 'platform' | 'site'>;
  /** Outputs of the components that come before this one. */
  readonly outputs: ReadonlyMap<string, Outputs>;
  readonly override: Traced | undefined;
}

export interface ComponentResult {
  readonly component: ComposedComponent;
  readonly outputs: Outputs;
  readonly findings: readonly Finding[];
}

/** One source of settings or values: a part of a document, and the layer that it belongs to. */
interface Part {
  readonly layer: LayerName;
  readonly document: Document;
  readonly path: Path;
  readonly tree: Readonly<Record<string, unknown>> | undefined;
}

/** Merges the layers of one component and resolves its expressions. What it stands on must have been composed before. */
export function composeComponent(input: ComponentInput): ComponentResult {
  const { candidate, sources, site } = input;
  const { name, entry, source } = candidate;
  const atSite = site.spec.spec.components?.[name];
  const descriptor = source.descriptor?.spec.spec;
  const platformName = sources.platform.spec.metadata.name;
  const namespace = atSite?.namespace ?? entry.namespace ?? descriptor?.namespace ?? platformName;
  const findings: Finding[] = [];
  const base = { ...input.scope, component: { name, namespace } };
  const resolve = (part: Part, scope: Scope): Traced => {
    const { value, findings: found } = resolveExpressions(part.tree ?? {}, scope, part);
    findings.push(...found);
    return trace(value, (path) => ({ ...part.document.placeOf([...part.path, ...path]), layer: part.layer }));
  };
  const bindings = bind(input, base, findings);
  const scope = { ...base, needs: Object.fromEntries(bindings.map(({ alias, outputs }) => [alias, outputs])) };

  const merged = mergeSettings(
    settingParts(input).map((part) => resolve(part, scope)),
    candidate,
  );
  findings.push(...merged.findings);
  const valueLayers = [
    ...descriptorParts(input).map((part) => resolve(part, scope)),
    mapSettings(merged.settings, source.descriptor),
    ...fileParts(input, 'platform', findings).map(untouched),
    resolve(valuePart(input, 'platform'), scope),
    ...fileParts(input, 'site', findings).map(untouched),
    resolve(valuePart(input, 'site'), scope),
    ...(input.override === undefined ? [] : [input.override]),
  ];
  const outputs = Object.entries(descriptor?.provides ?? {}).map(([capability, tree]) => {
    const at = {
      document: source.descriptor?.document ?? sources.platform.document,
      path: ['spec', 'provides', capability],
    };
    const { value, findings: found } = resolveExpressions(tree, scope, at);
    findings.push(...found);
    return [capability, value] as const;
  });
  return {
    component: {
      name,
      namespace,
      version: descriptor?.version,
      get place() {
        return candidate.placeOf();
      },
      content: source.content,
      standsOn: input.standsOn,
      bindings,
      settings: merged.settings,
      values: valueLayers.reduce(overlay, {}),
    },
    outputs: Object.fromEntries(outputs),
    findings: findings.filter((finding) => !followsFrom(unmetNeeds(input), finding)),
  };
}

/** Aliases of the needs that must be met and are not. */
function unmetNeeds({ candidate, matches }: ComponentInput): readonly string[] {
  const met = new Set(matches.map(({ alias }) => alias));
  return Object.entries(candidate.source.descriptor?.spec.spec.needs ?? {})
    .filter(([alias, { optional }]) => optional !== true && !met.has(alias))
    .map(([alias]) => alias);
}

/** An expression that asks for the outputs of an unmet need fails because of that need, which is a finding of its own. */
function followsFrom(unmet: readonly string[], { error: { code, details } }: Finding): boolean {
  if (code !== 'EXPRESSION_FAILED' || !('expression' in details)) return false;
  return unmet.some((alias) => details.expression.includes(`needs.${alias}`));
}

/** Files of native values are passed through as they are: `${…}` in them belongs to the software that they configure. */
function untouched(part: Part): Traced {
  return trace(part.tree ?? {}, (path) => ({ ...part.document.placeOf(path), layer: part.layer }));
}

function bind(input: ComponentInput, scope: Omit<Scope, 'needs'>, findings: Finding[]): readonly Binding[] {
  return input.matches.map(({ alias, capability, provider }) => {
    if (provider !== undefined) {
      return { alias, capability, provider, outputs: input.outputs.get(provider)?.[capability] ?? {} };
    }
    const external = input.candidate.entry.needs?.[alias]?.external ?? {};
    const at = {
      document: input.sources.platform.document,
      path: ['spec', 'components', input.candidate.name, 'needs', alias, 'external'],
    };
    const { value, findings: found } = resolveExpressions(external, { ...scope, needs: {} }, at);
    findings.push(...found);
    return { alias, capability, provider, outputs: value };
  });
}

function settingParts({ candidate, sources, site }: ComponentInput): readonly Part[] {
  const path = ['spec', 'components', candidate.name, 'settings'];
  return [
    { layer: 'platform', document: sources.platform.document, path, tree: candidate.entry.settings },
    { layer: 'site', document: site.document, path, tree: site.spec.spec.components?.[candidate.name]?.settings },
  ];
}

function descriptorParts({ candidate }: ComponentInput): readonly Part[] {
  const { descriptor } = candidate.source;
  if (descriptor === undefined) return [];
  return [
    { layer: 'component', document: descriptor.document, path: ['spec', 'values'], tree: descriptor.spec.spec.values },
  ];
}

function fileParts(input: ComponentInput, layer: WrittenLayer, findings: Finding[]): readonly Part[] {
  const { written } = writtenAt(input, layer);
  return (written?.valuesFiles ?? []).flatMap((file): readonly Part[] => {
    const document = input.sources.valuesFiles.get(file);
    // A values file that could not be read is a finding of `load`; an empty one sets nothing.
    if (document === undefined || document.value === null) return [];
    const tree = document.value;
    if (isRecord(tree)) return [{ layer, document, path: [], tree }];
    const details = { field: file, expected: 'map', found: typeWordOf(tree) } as const;
    findings.push(findingOf(new NaruError('FIELD_MISTYPED', details, { place: document.placeOf([]) })));
    return [];
  });
}

function valuePart(input: ComponentInput, layer: WrittenLayer): Part {
  const { written, document } = writtenAt(input, layer);
  return { layer, document, path: ['spec', 'components', input.candidate.name, 'values'], tree: written?.values };
}

type WrittenLayer = Extract<LayerName, 'platform' | 'site'>;

/** What one of the two files says about the component. */
function writtenAt(
  { candidate, sources, site }: ComponentInput,
  layer: WrittenLayer,
): { readonly written: SiteComponent | undefined; readonly document: Document } {
  return layer === 'platform'
    ? { written: candidate.entry, document: sources.platform.document }
    : { written: site.spec.spec.components?.[candidate.name], document: site.document };
}
