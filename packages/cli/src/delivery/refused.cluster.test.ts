import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterContents, kubectlOn, naru, type NaruRun, useControlPlane, succeeded } from '@naru/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const controlPlane = useControlPlane('controllers');
const run = (...args: readonly string[]): Promise<NaruRun> => naru(args, { kubeconfig: controlPlane().kubeconfigPath });
const done = async (...args: readonly string[]): Promise<NaruRun> => succeeded(await run(...args));
const scratch = mkdtempSync(join(tmpdir(), 'naru-refused-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shared }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.28.1" }] }
`;

/** A platform of plain manifests: one component per entry, in the given order. */
function platform(name: string, components: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'sites'), { recursive: true });
  const head = (kind: string, title: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${title} }\n`;
  const entries = Object.keys(components).map((key) => `    ${key}: { manifests: [${key}.yaml] }\n`);
  writeFileSync(join(folder, 'platform.yaml'), `${head('Platform', name)}spec:\n  components:\n${entries.join('')}`);
  writeFileSync(join(folder, 'sites', 'here.yaml'), `${head('Site', 'here')}spec: {}\n`);
  for (const [key, text] of Object.entries(components)) writeFileSync(join(folder, `${key}.yaml`), text);
  return folder;
}

describe('objects of others', () => {
  beforeAll(async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['create', 'namespace', 'shared']);
    await kubectl(['apply', '-f', '-'], DEPLOYMENT.replace('replicas: 1', 'replicas: 2'));
    await kubectl(['-n', 'shared', 'rollout', 'status', 'deployment/web']);
  });

  it('are reported with their managers, and nothing is touched', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const folder = platform('taker', { web: DEPLOYMENT });
    const before = [
      await kubectl(['-n', 'shared', 'get', 'deployment/web', '-o', 'yaml']),
      await clusterContents(controlPlane().kubeconfigPath),
    ];

    const { exitCode, stderr } = await run('apply', folder);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('OBJECT_FOREIGN  Deployment.apps/shared/web exists and this platform did not create it');
    expect(stderr).toContain('kubectl');
    expect([
      await kubectl(['-n', 'shared', 'get', 'deployment/web', '-o', 'yaml']),
      await clusterContents(controlPlane().kubeconfigPath),
    ]).toEqual(before);
  });

  it('share a namespace that was there before: it is used, and stays on delete', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const folder = platform('guest', {
      conf: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: guest, namespace: shared }\ndata: { a: b }\n',
    });

    await done('apply', folder);
    await done('delete', 'guest', '--delete-data', '--yes');

    expect(await kubectl(['get', 'namespace/shared', '-o', 'jsonpath={.status.phase}'])).toBe('Active');
    expect(await kubectl(['-n', 'shared', 'get', 'deployment/web', '-o', 'jsonpath={.status.readyReplicas}'])).toBe(
      '2',
    );
    expect(await kubectl(['-n', 'shared', 'get', 'configmap/guest', '--ignore-not-found'])).toBe('');
  });

  it('keep a namespace of ours alive that they moved into', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const folder = platform('host', {
      conf: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: host, namespace: hosted }\ndata: { a: b }\n',
    });
    await done('apply', folder);
    await kubectl(['-n', 'hosted', 'create', 'configmap', 'lodger', '--from-literal=a=b']);

    const { exitCode, stdout } = await run('delete', 'host', '--delete-data', '--yes');

    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/Namespace\/\/hosted {2}it holds objects of others/),
    });
    expect(await kubectl(['-n', 'hosted', 'get', 'configmap/lodger', '-o', 'name'])).toBe('configmap/lodger\n');
    expect(await kubectl(['-n', 'hosted', 'get', 'configmap/host', '--ignore-not-found'])).toBe('');
  });
});

describe('drift', () => {
  it('is shown as such and corrected', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const folder = platform('drifting', { web: DEPLOYMENT.replaceAll('shared', 'drifting') });
    await done('apply', folder);
    await kubectl(['-n', 'drifting', 'scale', 'deployment/web', '--replicas=3']);

    const planned = await run('plan', folder, '--exit-code');
    expect(planned).toMatchObject({
      exitCode: 10,
      stdout: expect.stringMatching(/~ update\s+Deployment\.apps\/drifting\/web\s+somebody else changed it/),
    });
    expect(planned.stdout).toContain('spec.replicas: 3 → 1');
    await done('apply', folder);

    expect(await kubectl(['-n', 'drifting', 'get', 'deployment/web', '-o', 'jsonpath={.spec.replicas}'])).toBe('1');
  });

  it('by removing an object is corrected too', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['-n', 'drifting', 'delete', 'deployment/web']);

    expect(await run('status', 'drifting')).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('NotFound') });
    await done('apply', join(scratch, 'drifting'));
    await done('status', 'drifting');
  });
});

describe('what leaves the platform', () => {
  it('is deleted after what replaces it is ready', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const config = (name: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: renaming }\ndata: { a: b }\n`;
    await done('apply', platform('renaming', { conf: config('old') }));

    const { exitCode, stderr } = await run('apply', platform('renaming', { conf: config('new') }));

    expect(exitCode).toBe(0);
    expect(stderr.indexOf('delete ConfigMap/renaming/old')).toBeGreaterThan(
      stderr.indexOf('create ConfigMap/renaming/new'),
    );
    expect(await kubectl(['-n', 'renaming', 'get', 'configmap', '-o', 'name'])).not.toContain('configmap/old');
  });
});

describe('what the server refuses', () => {
  it('is an immutable field: said at plan time, with nothing done', async () => {
    const folder = platform('fixed', { web: DEPLOYMENT.replaceAll('shared', 'fixed') });
    await done('apply', folder);
    writeFileSync(
      join(folder, 'web.yaml'),
      DEPLOYMENT.replaceAll('shared', 'fixed').replaceAll('app: web', 'app: other'),
    );

    expect(await run('apply', folder)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('OBJECT_IMMUTABLE  Deployment.apps/fixed/web'),
    });
  });

  it('is a kind that nobody brings', async () => {
    const folder = platform('unknown', {
      thing: 'apiVersion: nobody.example/v1\nkind: Thing\nmetadata: { name: a }\n',
    });

    expect(await run('plan', folder)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('KIND_UNKNOWN') });
  });

  it('is a component that never becomes ready: the failure names the pod, and what stands on it is not started', async () => {
    const stuck = DEPLOYMENT.replaceAll('shared', 'stuck')
      .replace('nginx:1.28.1', 'nginx:bad')
      .replace('nginx', 'registry.example/nginx');
    const folder = platform('stuck', {
      web: stuck,
      next: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: next, namespace: stuck }\ndata: { a: b }\n',
    });
    const file = join(folder, 'platform.yaml');
    writeFileSync(
      file,
      `apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: stuck }\nspec:\n  components:\n    web: { manifests: [web.yaml] }\n    next: { manifests: [next.yaml], after: [web] }\n`,
    );

    const { exitCode, stderr } = await run('apply', folder, '--timeout', '8');

    expect(exitCode).toBe(4);
    expect(stderr).toMatch(
      /COMPONENT_NOT_READY {2}web is not ready after \d+ s: Deployment\.apps\/stuck\/web: .*ImagePullBackOff/,
    );
    expect(stderr).toContain('next: not started');
    expect(stderr).toContain('DELIVERY_INCOMPLETE');
    expect(await run('status', 'stuck')).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('ImagePullBackOff'),
    });
  });
});

describe('a definition and its resources', () => {
  it('come in one plan, and go in reverse', async () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: wagons.rail.example }
spec:
  group: rail.example
  scope: Namespaced
  names: { plural: wagons, singular: wagon, kind: Wagon, listKind: WagonList }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }]
`;
    const folder = platform('rail', {
      all: `${definition}---\napiVersion: rail.example/v1\nkind: Wagon\nmetadata: { name: first }\nspec: { axles: 4 }\n`,
    });

    await done('apply', folder);
    await done('plan', folder, '--exit-code');
    await done('delete', 'rail', '--yes');

    expect((await clusterContents(controlPlane().kubeconfigPath)).filter((key) => key.includes('rail'))).toEqual([]);
  });
});

describe('data', () => {
  it('stays with its namespace and its passwords unless it is told to go', async () => {
    const kubectl = await kubectlOn(controlPlane());
    const folder = join(scratch, 'kept');
    mkdirSync(join(folder, 'sites'), { recursive: true });
    writeFileSync(
      join(folder, 'platform.yaml'),
      'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: kept }\nspec: { components: { postgresql: {} } }\n',
    );
    writeFileSync(
      join(folder, 'sites', 'here.yaml'),
      'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: here }\nspec: {}\n',
    );
    const password = (): Promise<string> =>
      kubectl(['-n', 'kept', 'get', 'secret/postgresql', '-o', 'jsonpath={.data.password}']);
    await done('apply', folder);
    const first = await password();

    const deleted = await run('delete', 'kept', '--yes');

    expect(deleted).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/PersistentVolumeClaim\/kept\/data-postgresql-0 {2}it holds data/),
    });
    expect(await kubectl(['-n', 'kept', 'get', 'pvc', '-o', 'name'])).toContain('data-postgresql-0');
    await done('apply', folder);
    expect(await password()).toBe(first);
    await done('delete', 'kept', '--yes');
    // Data that an earlier delete left is still ours to delete, though the StatefulSet that made it is gone.
    await done('delete', 'kept', '--yes', '--delete-data');
    expect(await kubectl(['get', 'namespace/kept', '--ignore-not-found'])).toBe('');
  });
});
