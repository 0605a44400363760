import type { Values } from '@naru/chart';
import { imagesOf, type Manifest } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { catalogCases, manifestsOf, maskedOutput, renderCatalogChart } from './catalog-chart.ts';
import { child, podFaults, podTemplates, selects } from './pod-rules.ts';

/** Components that only say how others are reached. */
const WITHOUT_PODS: ReadonlySet<string> = new Set(['ingress']);

/** Add a case by adding a folder with `values.yaml`. `vitest -u` writes what is expected: compare it with real Helm. */
describe.each(catalogCases())('$component, $name', ({ component, values, expected }) => {
  const rendered = (): readonly Manifest[] => manifestsOf(renderCatalogChart(component, values));

  it('gives what Helm gives', async () => {
    await expect(maskedOutput(renderCatalogChart(component, values))).toMatchFileSnapshot(expected);
  });

  it('runs pods with no more rights than they need, with resources and probes', () => {
    const pods = podTemplates(rendered());

    expect(pods.length > 0).toBe(!WITHOUT_PODS.has(component));
    expect(pods.flatMap(podFaults)).toEqual([]);
  });

  it('selects its own pods, and only those that it means', () => {
    const manifests = rendered();
    const pods = podTemplates(manifests);

    const blind = manifests
      .filter(({ kind }) => ['Service', 'PodDisruptionBudget', 'NetworkPolicy'].includes(kind))
      .filter((manifest) => pods.filter(({ labels }) => selects(selectorOf(manifest), labels)).length !== 1)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(blind).toEqual([]);
  });

  it('protects what has several replicas from a drain of all of them', () => {
    const manifests = rendered();
    const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');

    const exposed = podTemplates(manifests)
      .filter(({ replicas }) => replicas > 1)
      .filter(({ labels }) => !budgets.some((budget) => selects(selectorOf(budget), labels)));

    expect(exposed).toEqual([]);
  });

  it('lets only those in that a network policy names', () => {
    const manifests = rendered();
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');

    const open = (isOpen(values) ? [] : podTemplates(manifests))
      // Policies do not govern what lives in the network of its node.
      .filter(({ spec }) => spec['hostNetwork'] !== true)
      .filter(({ labels }) => !policies.some((policy) => selects(selectorOf(policy), labels)))
      .map(({ owner }) => owner);

    expect(open).toEqual([]);
  });

  it('labels every object by what and whose it is', () => {
    const unlabelled = rendered()
      .filter(({ metadata }) =>
        ['name', 'instance', 'version', 'managed-by'].some(
          (label) => metadata.labels?.[`app.kubernetes.io/${label}`] === undefined,
        ),
      )
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(unlabelled).toEqual([]);
  });

  it('makes no Secret when it is given one', () => {
    const secretsOf = (given: Values): readonly Manifest[] =>
      manifestsOf(renderCatalogChart(component, given)).filter(({ kind }) => kind === 'Secret');

    // A chart without Secrets knows no value to give it one.
    const made = secretsOf(values).length > 0 ? secretsOf({ ...values, existingSecret: 'given' }) : [];

    expect(made).toEqual([]);
  });

  it('names every image with its registry, and by a tag or a digest that says which', () => {
    const images = rendered().flatMap((manifest) => imagesOf(manifest).map(({ image }) => image));

    expect(images.length > 0).toBe(!WITHOUT_PODS.has(component));
    for (const image of images) {
      expect(image).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[a-z0-9/-]+(?::(?!latest)[\w.-]+|@sha256:[0-9a-f]{64})$/);
    }
  });
});

it('keeps the passwords when a database is added before another', () => {
  const before = secretOf({ databases: ['shop'] });
  const after = secretOf({ databases: ['archive', 'shop'] });

  expect(after).toEqual({ ...before, 'archive-password': after['archive-password'] });
  expect(new Set(Object.values(after)).size).toBe(Object.keys(after).length);
});

it('makes a new Job for a new list of databases, and keeps the Job when something else changes', () => {
  const job = (values: Record<string, unknown>): string | undefined =>
    manifestsOf(renderCatalogChart('postgresql', values)).find(({ kind }) => kind === 'Job')?.metadata.name;

  const first = job({ databases: ['shop'] });

  expect(job({ databases: ['shop'], maxConnections: 200 })).toBe(first);
  expect(job({ databases: ['shop', 'archive'] })).not.toBe(first);
  expect(job({ databases: [] })).toBeUndefined();
});

/** Whether the values of a case ask for no policies at all. */
function isOpen(values: Readonly<Record<string, unknown>>): boolean {
  return child(values, 'networkPolicy')['enabled'] === false;
}

function secretOf(values: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const secret = manifestsOf(renderCatalogChart('postgresql', values)).find(({ kind }) => kind === 'Secret');
  return secret === undefined ? {} : child(secret, 'data');
}

function selectorOf({ kind, spec }: Manifest): Readonly<Record<string, unknown>> {
  const body = child({ spec }, 'spec');
  if (kind === 'Service') return child(body, 'selector');
  return child(child(body, kind === 'NetworkPolicy' ? 'podSelector' : 'selector'), 'matchLabels');
}
