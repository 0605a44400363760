import type { Document } from '../document/document.ts';
import type { Finding } from '../finding/finding.ts';
import type { Site } from '../spec/site.ts';
import type { Binding, ComposedComponent } from './composition.ts';
import { resolveExpressions, type Scope } from './expression.ts';
import type { Candidate, Match } from './needs.ts';
import { descriptorParts, type Part, settingParts, valueParts } from './parts.ts';
import { type OutputsAt, outputFindings } from './outputs.ts';
import { profileWords } from './profiles.ts';
import { namedSecrets, secretScope } from './secrets.ts';
import { mapSettings, mergeSettings } from './settings.ts';
import { sizeOf } from './size.ts';
import type { ProfileSource, Sources, Written } from './sources.ts';
import { overlay, type Traced, trace } from './traced.ts';

/** What each capability of a component gives to those who need it. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface ComponentInput {
  readonly candidate: Candidate;
  readonly matches: readonly Match[];
  readonly standsOn: readonly string[];
  readonly sources: Sources;
  readonly site: Written<Site>;
  /** Weakest first. */
  readonly profiles: readonly ProfileSource[];
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

/** Merges the layers of one component and resolves its expressions. What it stands on must have been composed before. */
export function composeComponent(input: ComponentInput): ComponentResult {
  const { candidate, sources, site } = input;
  const { name, entry, source } = candidate;
  const atSite = site.spec.spec.components?.[name];
  const descriptor = source.descriptor?.spec.spec;
  const platformName = sources.platform.spec.metadata.name;
  const namespace = atSite?.namespace ?? entry.namespace ?? descriptor?.namespace ?? platformName;
  const findings: Finding[] = [];
  const used = new Set<string>(namedSecrets(candidate, sources.secrets, findings));
  const secrets = secretScope(sources.secrets, name, used);
  const base = { ...input.scope, component: { name, namespace }, secrets };
  const resolve = (part: Part, scope: Scope): Traced => {
    const tree = part.tree ?? {};
    const { value, findings: found } = part.isNative
      ? { value: tree, findings: [] }
      : resolveExpressions(tree, scope, part);
    findings.push(...found);
    return trace(value, (path) => ({ ...part.document.placeOf([...part.path, ...path]), layer: part.layer }));
  };
  const bindings = bind(input, base, findings);
  const scope = { ...base, needs: Object.fromEntries(bindings.map(({ alias, outputs }) => [alias, outputs])) };

  const words = profileWords(input.profiles, candidate);
  const { size, findings: sizeFindings } = sizeOf({ ...input, platform: sources.platform, words });
  findings.push(...sizeFindings);
  const parts = { candidate, sources, site, words, size };
  const merged = mergeSettings(
    settingParts(parts).map((part) => resolve(part, scope)),
    candidate,
  );
  findings.push(...merged.findings);
  const valueLayers = [
    ...descriptorParts(parts).map((part) => resolve(part, scope)),
    mapSettings(merged.settings, source.descriptor),
    ...valueParts(parts, findings).map((part) => resolve(part, scope)),
    ...(input.override === undefined ? [] : [input.override]),
  ];
  const document = source.descriptor?.document ?? sources.platform.document;
  const outputs = Object.entries(descriptor?.provides ?? {}).map(([capability, tree]) => {
    const at = { component: name, capability, document, path: ['spec', 'provides', capability] };
    return [capability, resolveOutputs(tree, at, { scope, platform: sources.platform, findings })] as const;
  });
  const unmet = unmetNeeds(input);
  return {
    component: {
      name,
      namespace,
      version: descriptor?.version,
      size,
      get place() {
        return candidate.placeOf();
      },
      isComplete: unmet.length === 0 && findings.every(({ severity }) => severity !== 'error'),
      content: source.content,
      standsOn: input.standsOn,
      bindings,
      secrets: [...used].sort(),
      images: [...(descriptor?.images ?? []), ...(entry.images ?? [])],
      settings: merged.settings,
      values: valueLayers.reduce(overlay, {}),
    },
    outputs: Object.fromEntries(outputs),
    findings: findings.filter((finding) => !followsFrom(unmet, finding)),
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

function bind(input: ComponentInput, scope: Omit<Scope, 'needs'>, findings: Finding[]): readonly Binding[] {
  return input.matches.map(({ alias, capability, provider }) => {
    if (provider !== undefined) {
      return { alias, capability, provider, outputs: input.outputs.get(provider)?.[capability] ?? {} };
    }
    const external = input.candidate.entry.needs?.[alias]?.external ?? {};
    const at = {
      component: input.candidate.name,
      capability,
      document: needsDocument(input, alias),
      path: ['spec', 'components', input.candidate.name, 'needs', alias, 'external'],
    };
    const given = { scope: { ...scope, needs: {} }, platform: input.sources.platform, findings };
    return { alias, capability, provider, outputs: resolveOutputs(external, at, given) };
  });
}

/** The file that says how a need is met: the site's word replaces that of the platform. */
function needsDocument({ site, sources, candidate }: ComponentInput, alias: string): Document {
  const ofSite = site.spec.spec.components?.[candidate.name]?.needs ?? {};
  return Object.hasOwn(ofSite, alias) ? site.document : sources.platform.document;
}

/** Outputs with their expressions answered; they are checked when every one of these had an answer. */
function resolveOutputs(
  tree: Readonly<Record<string, unknown>>,
  at: OutputsAt,
  given: { readonly scope: Scope; readonly platform: Sources['platform']; readonly findings: Finding[] },
): Readonly<Record<string, unknown>> {
  const { value, findings } = resolveExpressions(tree, given.scope, at);
  given.findings.push(...findings, ...(findings.length === 0 ? outputFindings(value, at, given.platform) : []));
  return value;
}
