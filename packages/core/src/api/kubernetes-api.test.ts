import { describe, expect, it } from 'vitest';
import table from '../../data/kubernetes-api.json' with { type: 'json' };
import { type KubernetesApi, kubernetesApi } from './kubernetes-api.ts';
import { validateObject } from './validate-object.ts';

function api(version: string): KubernetesApi {
  const found = kubernetesApi(table, version);
  if (found === undefined) throw new Error(`no data of ${version}`);
  return found;
}

describe('kubernetesApi', () => {
  it.each(['1.32.0', 'v1.36.3', '1.33', 'v1.34.4+rke2r1', '1.35.0-rc.1'])('knows %s', (version) => {
    expect(api(version).served('apps/v1', 'Deployment')).toEqual({
      kind: 'served',
      type: 'apps.v1.Deployment',
      until: undefined,
    });
  });

  it.each(['1.31.9', '2.36.0', 'latest', ''])('does not know %s', (version) => {
    expect(kubernetesApi(table, version)).toBeUndefined();
  });

  it('tells what came and what went from version to version', () => {
    const [kind, alpha, beta] = [
      'StorageVersionMigration',
      'storagemigration.k8s.io/v1alpha1',
      'storagemigration.k8s.io/v1beta1',
    ];
    expect(api('1.34.0').served(alpha, kind)).toMatchObject({ kind: 'served', until: '1.34' });
    expect(api('1.34.0').served(beta, kind)).toEqual({ kind: 'gone', instead: [alpha] });
    expect(api('1.35.0').served(alpha, kind)).toEqual({ kind: 'gone', instead: [beta] });
  });

  it.each([
    ['policy/v1beta1', 'PodDisruptionBudget', { kind: 'gone', instead: ['policy/v1'] }],
    ['extensions/v1beta1', 'Ingress', { kind: 'gone', instead: ['networking.k8s.io/v1'] }],
    ['v2', 'Pod', { kind: 'gone', instead: ['v1'] }],
    ['gateway.networking.k8s.io/v1', 'Gateway', { kind: 'foreign' }],
    ['example.org/v1', 'Pod', { kind: 'foreign' }],
  ])('%s %s', (apiVersion, kind, served) => {
    expect(api('1.36.3').served(apiVersion, kind)).toEqual(served);
  });

  it('knows a field in the versions that have it', () => {
    const pod = (version: string) =>
      validateObject(api(version), 'core.v1.Pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'web', restartPolicyRules: [{ action: 'Restart' }] }] },
      }).map(({ path }) => path);
    expect(pod('1.33.0')).toEqual(['spec.containers[0].restartPolicyRules']);
    expect(pod('1.36.0')).toEqual([]);
  });

  it('describes every type that it refers to', () => {
    const { minor, fieldsOf } = api('1.36.3');
    const text = JSON.stringify(table);
    const types = [...text.matchAll(/@([\w.]+)/g)].map(([, name = '']) => name);
    expect(minor).toBe('1.36');
    expect(types.length).toBeGreaterThan(500);
    expect([...new Set(types)].filter((name) => !(name in table.types))).toEqual([]);
    expect(fieldsOf('core.v1.Container').get('name')).toEqual({
      required: true,
      type: { kind: 'scalar', letter: 's' },
    });
  });
});

describe('validateObject', () => {
  it.each([
    ['a null is what is not given', { data: null }, []],
    ['numbers of YAML that are texts to Kubernetes', { data: { a: 1 } }, ['data.a']],
    ['a list where a map belongs', { data: [] }, ['data']],
    ['a map where a list belongs', { metadata: { finalizers: {} } }, ['metadata.finalizers']],
    ['what the server fills in', { status: { anything: 1 } }, []],
    ['names that are no words', { 'da.ta': {} }, ['["da.ta"]']],
    ['a big number that is no integer', { metadata: { generation: 1.5 } }, ['metadata.generation']],
    ['a bigint', { metadata: { generation: 15n } }, []],
  ])('%s', (_, rest: object, paths) => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, ...rest };
    expect(validateObject(api('1.36.3'), 'core.v1.ConfigMap', manifest).map(({ path }) => path)).toEqual(paths);
  });
});
