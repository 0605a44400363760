import { NaruError } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { clientWith } from '../../testing/client.ts';
import { useFolders } from '../../testing/folder.ts';
import type { KubeClient } from '../kube/client.ts';
import { planDeletion, platformOf } from './plan-delivery.ts';
import { DISPLAY_SEED, freshSeed, loadSources, prepare, type PrepareOptions, siteOf } from './prepare.ts';
import { completed } from './rehearse.ts';

const write = useFolders();
const QUIET = new AbortController().signal;

function optionsOf(sites: readonly string[], manifest = 'kind: ConfigMap'): PrepareOptions {
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  const folder = write({
    'platform.yaml': `${head('Platform', 'shop')}spec: { components: { web: { manifests: [a.yaml] } } }\n`,
    'a.yaml': `apiVersion: v1\n${manifest}\nmetadata: { name: a }\n`,
    ...Object.fromEntries(sites.map((site) => [`sites/${site}.yaml`, `${head('Site', site)}spec: {}\n`])),
  });
  return { folder, catalogFolder: folder, site: undefined, overrides: new Map() };
}

describe('the site', () => {
  it('is the only one, or the one that was named', async () => {
    const one = await loadSources(optionsOf(['here']));
    expect([siteOf(one, undefined), siteOf(one, 'there')]).toEqual(['here', 'there']);
    expect(siteOf(await loadSources(optionsOf(['b', 'a'])), 'b')).toBe('b');
  });

  it('must be named among several', async () => {
    const several = await loadSources(optionsOf(['b', 'a']));
    expect(() => siteOf(several, undefined)).toThrow(
      expect.objectContaining({ code: 'SITE_UNNAMED', details: { known: 'a, b' } }),
    );
  });
});

describe('prepare', () => {
  it('makes the same bytes of the same folder', async () => {
    const options = optionsOf(['here']);
    const digests = await Promise.all(
      [0, 1].map(async () => (await prepare(await loadSources(options), options, DISPLAY_SEED)).revision.digest),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  it('refuses what does not compile, with its place', async () => {
    const options = optionsOf(['here'], 'kindd: ConfigMap');
    const sources = await loadSources(options);
    await expect(prepare(sources, options, DISPLAY_SEED)).rejects.toMatchObject({
      name: 'Refusal',
      findings: [{ severity: 'error' }],
    });
  });

  it('refuses a site that is not there', async () => {
    const options = { ...optionsOf(['here']), site: 'there' };
    const sources = await loadSources(options);
    await expect(prepare(sources, options, DISPLAY_SEED)).rejects.toThrow('SITE_UNKNOWN');
  });
});

it('gives each platform a seed of its own', () => {
  const seeds = Array.from({ length: 50 }, () => freshSeed().seed);
  expect(new Set(seeds).size).toBe(50);
  expect(seeds.every((seed) => /^[0-9a-f]{64}$/.test(seed))).toBe(true);
});

/** A cluster with records of these platforms, none of which can be read. */
function clusterWith(...platforms: readonly string[]): KubeClient {
  const items = platforms.map((platform) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${platform}.inventory`, labels: { 'naru.dev/platform': platform } },
  }));
  return clientWith({
    list: () => Promise.resolve({ items, resourceVersion: '1' }),
    get: () => Promise.resolve(undefined),
  });
}

describe('the platform that is meant', () => {
  it('is the one that was named, or the only one of the cluster', async () => {
    expect(await platformOf(clusterWith(), 'shop', QUIET)).toBe('shop');
    expect(await platformOf(clusterWith('shop'), undefined, QUIET)).toBe('shop');
  });

  it.each([[[]], [['a', 'b']]])('must be named among %j', async (known: readonly string[]) => {
    await expect(platformOf(clusterWith(...known), undefined, QUIET)).rejects.toMatchObject({
      code: 'PLATFORM_UNNAMED',
      details: { known: known.join(', ') },
    });
  });

  it('is unknown without a record, and those that are known are named', async () => {
    const deletion = planDeletion(clusterWith('b', 'a'), 'shop', { deleteData: false, signal: QUIET });
    await expect(deletion).rejects.toMatchObject({ code: 'PLATFORM_UNKNOWN', details: { known: 'a, b' } });
  });
});

describe('the end of a delivery', () => {
  it('is told with every failure, and how to continue', () => {
    const error = new NaruError('OBJECT_MISSING', { object: 'Pod shop/a' });
    const failures = ['db', 'web'].map((component) => ({ component, error }));
    expect(() => completed({ kind: 'done' }, 'naru apply')).not.toThrow();
    expect(() => completed({ kind: 'interrupted' }, 'naru apply')).toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(() => completed({ kind: 'incomplete', failures }, 'naru apply')).toThrow(
      expect.objectContaining({
        code: 'DELIVERY_INCOMPLETE',
        details: { failed: 'db, web', command: 'naru apply' },
        cause: error,
      }),
    );
  });
});
