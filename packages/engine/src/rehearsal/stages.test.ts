import { parseAllDocuments } from 'yaml';
import { expect, it } from 'vitest';
import { HOLD_LABEL, simulationStages } from './stages.ts';

interface Stage {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceRef: { readonly kind: string };
    readonly selector: { readonly matchExpressions: readonly { key: string; operator: string; values?: string[] }[] };
    readonly next: { readonly statusTemplate?: string; readonly delete?: boolean };
  };
}

const stages = parseAllDocuments(simulationStages()).map((document) => document.toJS() as Stage);

it('tells what becomes of nodes and pods', () => {
  expect(stages.map(({ kind, metadata, spec }) => [kind, spec.resourceRef.kind, metadata.name])).toEqual([
    ['Stage', 'Node', 'node-ready'],
    ['Stage', 'Pod', 'pod-ready'],
    ['Stage', 'Pod', 'pod-completed'],
    ['Stage', 'Pod', 'pod-image-missing'],
    ['Stage', 'Pod', 'pod-deleted'],
  ]);
});

it('closes every action of its templates', () => {
  for (const { metadata, spec } of stages) {
    const template = spec.next.statusTemplate ?? '';
    const opened = template.match(/\{\{ (?:range|with|if)/g)?.length ?? 0;
    const closed = template.match(/\{\{ end/g)?.length ?? 0;
    expect([metadata.name, opened]).toEqual([metadata.name, closed]);
  }
});

it('starts no pod that is held back', () => {
  const starting = stages.filter(({ metadata }) => ['pod-ready', 'pod-completed'].includes(metadata.name));
  for (const { spec } of starting) {
    expect(spec.selector.matchExpressions).toContainEqual({
      key: `.metadata.labels["${HOLD_LABEL}"]`,
      operator: 'DoesNotExist',
    });
  }
});
