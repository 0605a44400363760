import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { podTemplateOf } from '../revision/pod-template.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import type { PlacedObject } from './placed-object.ts';
import { namespaceOf } from './object-index.ts';
import { labelSelector, mapSelector, type Selector } from './selector.ts';

/** Selectors that find nothing: of Services, budgets and policies among all pods, of workloads in their own template. */
export const selectedPods: Check = (checking) =>
  checking.objects.flatMap((object) => [...ownTemplate(object), ...others(object, checking)]);

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

function ownTemplate(object: PlacedObject): readonly Finding[] {
  const { kind, spec } = object.manifest;
  const selector = WORKLOADS.has(kind) && isRecord(spec) ? labelSelector(spec['selector']) : undefined;
  const template = podTemplateOf(object.manifest);
  if (selector === undefined || template === undefined || selector.matches(template.labels)) return [];
  return [objectFinding(object, 'error', 'SELECTOR_MISMATCHED', { key: object.key, selector: selector.text })];
}

function others(object: PlacedObject, { index }: Checking): readonly Finding[] {
  const selector = selectorOf(object);
  const namespace = namespaceOf(object.manifest);
  if (selector === undefined || selector.text === '' || index.operated.has(namespace)) return [];
  const found = (index.podsIn.get(namespace) ?? []).some(({ labels }) => selector.matches(labels));
  if (found) return [];
  return [objectFinding(object, 'warning', 'SELECTOR_UNMATCHED', { key: object.key, selector: selector.text })];
}

function selectorOf({ manifest: { kind, spec } }: PlacedObject): Selector | undefined {
  if (!isRecord(spec)) return undefined;
  if (kind === 'Service') return mapSelector(spec['selector']);
  if (kind === 'PodDisruptionBudget') return labelSelector(spec['selector']);
  if (kind === 'NetworkPolicy') return labelSelector(spec['podSelector']);
  return undefined;
}
