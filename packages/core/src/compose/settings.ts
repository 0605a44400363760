import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Component, Setting } from '../spec/component.ts';
import type { Candidate } from './needs.ts';
import { schemaVerdict } from './schema-verdict.ts';
import type { Written } from './sources.ts';
import { grow, isLeaf, type Leaf, type Origin, overlay, retrace, trace, type Traced, untrace } from './traced.ts';

/** Effective settings: defaults of the component, then the layers; unknown names and refused values are findings. */
export function mergeSettings(
  layers: readonly Traced[],
  candidate: Candidate,
): { readonly settings: Traced; readonly findings: readonly Finding[] } {
  const { descriptor } = candidate.source;
  const declared = descriptor?.spec.spec.settings ?? {};
  const merged = [defaults(descriptor), ...layers].reduce(overlay, {});
  const findings: Finding[] = [];
  const settings: [string, Traced | Leaf][] = [];
  for (const [name, node] of Object.entries(merged)) {
    const setting = own(declared, name);
    const placeOf = (found: Place | undefined): Place => found ?? candidate.placeOf('settings', name);
    if (setting === undefined) {
      const known = Object.keys(declared);
      const details = {
        component: candidate.name,
        setting: name,
        suggestion: suggest(name, known),
        known: known.join(', '),
      };
      findings.push(findingOf(new NaruError('SETTING_UNKNOWN', details, { place: placeOf(originAt(node, [])) })));
      continue;
    }
    const refusal = refusalOf(name, node, { setting, descriptor });
    if (refusal === undefined) settings.push([name, node]);
    else {
      const { place: at, ...reasons } = refusal;
      const details = { component: candidate.name, setting: name, ...reasons };
      findings.push(findingOf(new NaruError('SETTING_INVALID', details, { place: placeOf(at) })));
    }
  }
  return { settings: Object.fromEntries(settings), findings };
}

/** Puts each setting where its component says: a setting may set several values. */
export function mapSettings(settings: Traced, descriptor: Written<Component> | undefined): Traced {
  const declared = descriptor?.spec.spec.settings ?? {};
  let values: Traced = {};
  for (const [name, node] of Object.entries(settings)) {
    const said = retrace(node, (origin) => ({ ...origin, setting: name }));
    for (const target of own(declared, name)?.to ?? []) values = overlay(values, grow(target.split('.'), said));
  }
  return values;
}

function defaults(descriptor: Written<Component> | undefined): Traced {
  if (descriptor === undefined) return {};
  const entries = Object.entries(descriptor.spec.spec.settings ?? {}).flatMap(([name, setting]) =>
    setting.default === undefined ? [] : [[name, setting.default] as const],
  );
  return trace(Object.fromEntries(entries), ([name = '', ...inside]) => ({
    ...descriptor.document.placeOf(['spec', 'settings', name, 'default', ...inside]),
    layer: 'component',
  }));
}

interface Refused {
  readonly reasonEn: string;
  readonly reasonKo: string;
  readonly place: Place | undefined;
}

function refusalOf(
  name: string,
  node: Traced | Leaf,
  { setting, descriptor }: { readonly setting: Setting; readonly descriptor: Written<Component> | undefined },
): Refused | undefined {
  const verdict = schemaVerdict(setting.schema, plain(node));
  if (verdict === undefined) return undefined;
  const { path, ...reasons } = verdict;
  // A schema that is none is the component author's fault: it stands in `component.yaml`, not where the value does.
  const schemaPlace = descriptor?.document.placeOf(['spec', 'settings', name, 'schema']);
  return { ...reasons, place: path === undefined ? schemaPlace : originAt(node, path) };
}

/** What a map says by itself under `name`: `constructor` is no setting unless somebody declares it. */
function own(declared: Readonly<Record<string, Setting>>, name: string): Setting | undefined {
  return Object.hasOwn(declared, name) ? declared[name] : undefined;
}

function plain(node: Traced | Leaf): unknown {
  return isLeaf(node) ? node.value : untrace(node);
}

/** Where the value at `path` was set; for a map, where the first of its leaves was. */
export function originAt(node: Traced | Leaf, path: readonly PropertyKey[]): Origin | undefined {
  if (isLeaf(node)) return node.origin;
  const [step, ...rest] = path;
  const inside = typeof step === 'string' && Object.hasOwn(node, step) ? node[step] : undefined;
  if (inside !== undefined) return originAt(inside, rest);
  for (const child of Object.values(node)) {
    const origin = originAt(child, []);
    if (origin !== undefined) return origin;
  }
  return undefined;
}
