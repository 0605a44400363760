import { describe, expect, it } from 'vitest';
import type { SiteFacts } from '../compose/site-facts.ts';
import type { Manifest } from '../object/manifest.ts';
import { withSiteDefaults } from './site-defaults.ts';

const NOWHERE: SiteFacts = {
  name: 'here',
  kubernetesVersion: undefined,
  registry: { host: undefined, rewrite: {}, pullSecrets: [], allowed: undefined },
  proxy: undefined,
  storageClass: undefined,
  sharedStorageClass: undefined,
  storageCapacity: new Map(),
  ingressClass: undefined,
};
const PROXY = { http: undefined, https: 'http://proxy:3128', noProxy: ['localhost', '.svc'] };

function manifest(kind: string, spec: unknown, metadata: object = {}): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name: 'a', ...metadata }, spec };
}

function specAt(given: Manifest, site: Partial<SiteFacts>): unknown {
  return withSiteDefaults(given, { ...NOWHERE, ...site })['spec'];
}

const POD = manifest('Pod', { containers: [{ name: 'web' }] });

it('leaves a manifest alone at a site that says nothing', () => {
  for (const given of [POD, manifest('PersistentVolumeClaim', {}), manifest('Ingress', {}), manifest('Odd', 'text')])
    expect(withSiteDefaults(given, NOWHERE)).toBe(given);
});

describe('pull secrets', () => {
  const at = (names: readonly string[]) => ({ registry: { ...NOWHERE.registry, pullSecrets: names } });

  it('are given to pods besides their own, each once', () => {
    const pod = manifest('Pod', { containers: [], imagePullSecrets: [{ name: 'own' }, { name: 'shared' }] });

    expect(specAt(pod, at(['shared', 'login']))).toEqual({
      containers: [],
      imagePullSecrets: [{ name: 'own' }, { name: 'shared' }, { name: 'login' }],
    });
    expect(specAt(POD, at(['login']))).toMatchObject({ imagePullSecrets: [{ name: 'login' }] });
  });

  it('leave pods alone that have them all', () => {
    const pod = manifest('Pod', { imagePullSecrets: [{ name: 'login' }] });

    expect(withSiteDefaults(pod, { ...NOWHERE, ...at(['login']) })).toBe(pod);
  });
});

describe('proxy variables', () => {
  it('are given to containers and init containers, in both spellings', () => {
    const pod = manifest('Pod', {
      initContainers: [{ name: 'init' }],
      containers: [{ name: 'web', env: [{ name: 'A', value: 'b' }] }],
    });
    const given = [
      { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
      { name: 'NO_PROXY', value: 'localhost,.svc' },
      { name: 'https_proxy', value: 'http://proxy:3128' },
      { name: 'no_proxy', value: 'localhost,.svc' },
    ];

    expect(specAt(pod, { proxy: PROXY })).toEqual({
      initContainers: [{ name: 'init', env: given }],
      containers: [{ name: 'web', env: [{ name: 'A', value: 'b' }, ...given] }],
    });
  });

  it('leave a container its own, whatever spelling it has', () => {
    const env = [{ name: 'https_proxy', value: '' }];
    const pod = manifest('Pod', { containers: [{ name: 'web', env }, 'odd'] });

    expect(specAt(pod, { proxy: PROXY })).toEqual({
      containers: [
        {
          name: 'web',
          env: [...env, { name: 'NO_PROXY', value: 'localhost,.svc' }, { name: 'no_proxy', value: 'localhost,.svc' }],
        },
        'odd',
      ],
    });
  });
});

describe('classes', () => {
  const storage = { storageClass: 'fast', sharedStorageClass: 'shared' };

  it.each([
    [{}, { storageClassName: 'fast' }],
    [{ accessModes: ['ReadWriteOnce'] }, { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' }],
    [{ accessModes: ['ReadWriteMany'] }, { accessModes: ['ReadWriteMany'], storageClassName: 'shared' }],
    [{ storageClassName: 'own' }, { storageClassName: 'own' }],
    [{ storageClassName: '' }, { storageClassName: '' }],
    [{ volumeName: 'disk' }, { volumeName: 'disk' }],
  ])('of volumes: %j becomes %j', (claim, expected) => {
    expect(specAt(manifest('PersistentVolumeClaim', claim), storage)).toEqual(expected);
    const templated = manifest('StatefulSet', { volumeClaimTemplates: [{ spec: claim }, 'odd'] });
    expect(specAt(templated, storage)).toEqual({ volumeClaimTemplates: [{ spec: expected }, 'odd'] });
  });

  it('of Ingresses are filled in where none is named, in the field or by annotation', () => {
    const annotated = manifest('Ingress', {}, { annotations: { 'kubernetes.io/ingress.class': 'old' } });

    expect(specAt(manifest('Ingress', {}), { ingressClass: 'nginx' })).toEqual({ ingressClassName: 'nginx' });
    expect(specAt(manifest('Ingress', { ingressClassName: 'own' }), { ingressClass: 'nginx' })).toEqual({
      ingressClassName: 'own',
    });
    expect(specAt(annotated, { ingressClass: 'nginx' })).toEqual({});
    expect(specAt(manifest('Service', {}), { ingressClass: 'nginx' })).toEqual({});
  });
});
