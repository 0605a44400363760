import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { NaruError } from '@naru/core';
import { kubectlOn, processesNaming, useControlPlane } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { cacheEntry, cacheRoot, isCached } from './binary/binary-cache.ts';
import { locateBinaries } from './binary/locate-binaries.ts';
import { LEVEL_BINARIES, recipeOf } from './binary/recipe.ts';
import { resolveKubernetesVersion } from './binary/release.ts';
import type { RehearsalEvent } from './control-plane.ts';
import { startControlPlane } from './start-control-plane.ts';
import { startOnLoopback } from './start-on-loopback.ts';

const WORKLOADS = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: prepare, image: web}, {name: sidecar, image: web, restartPolicy: Always}]
      containers: [{name: web, image: web}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: agent}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec:
  completions: 2
  template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: db}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup, namespace: shop}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: db}]}}}}
`;

const pod = (name: string, image: string, labels = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: default, labels: {${labels}}}\nspec: {containers: [{name: c, image: "${image}"}]}\n`;

const isGone = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    () => true,
  );

describe('level api', () => {
  const controlPlane = useControlPlane('api');

  it('stores objects, validates them, and acts on none', async () => {
    const kubectl = await kubectlOn(controlPlane());
    expect(await kubectl(['version', '-o', 'yaml'])).toContain(`gitVersion: v${controlPlane().kubernetesVersion}`);
    await kubectl(['create', 'deployment', 'web', '--image=web']);
    expect(await kubectl(['get', 'deployment', 'web', '-o', 'jsonpath={.status}'])).toBe('{}');
    await kubectl(['apply', '--server-side', '-f', '-'], pod('one', 'web'));
    await expect(kubectl(['create', 'deployment', 'Web', '--image=web'])).rejects.toThrow('Invalid value: "Web"');
  });

  it('lets nobody in without the token, and serves nobody but this host', async () => {
    const { server, directory } = controlPlane();
    expect(server).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(controlPlane().kubeconfigPath)).mode & 0o777).toBe(0o600);
    const kubectl = await kubectlOn(controlPlane());
    await expect(kubectl(['get', 'pods', '--token=wrong'])).rejects.toThrow('Unauthorized');
  });

  it('tells its memory', async () => {
    const memory = await controlPlane().memory();
    expect(memory.map(({ process }) => process)).toEqual(['etcd', 'kube-apiserver']);
    expect(memory.every(({ residentMiB }) => residentMiB > 10 && residentMiB < 1000)).toBe(true);
  });

  it('refuses images, which nothing would run', async () => {
    await expect(controlPlane().importImages(['/web.tar'])).rejects.toMatchObject({ code: 'IMAGES_UNSUPPORTED' });
    const start = startControlPlane({ level: 'api', environment: env, images: ['/web.tar'] });
    await expect(start).rejects.toMatchObject({ code: 'IMAGES_UNSUPPORTED' });
  });
});

describe('level controllers', () => {
  const controlPlane = useControlPlane('controllers');

  it('makes every kind of workload ready, with volumes', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['apply', '-f', '-'], WORKLOADS);
    for (const workload of ['deployment/web', 'statefulset/db', 'daemonset/agent']) {
      await kubectl(['-n', 'shop', 'rollout', 'status', workload, '--timeout=60s']);
    }
    await kubectl(['-n', 'shop', 'wait', '--for=condition=complete', 'job/migrate', '--timeout=60s']);
    const phases = await kubectl(['-n', 'shop', 'get', 'pvc', '-o', 'jsonpath={.items[*].status.phase}']);
    expect(phases).toBe('Bound Bound');
    const nodes = await kubectl([
      '-n',
      'shop',
      'get',
      'pods',
      '-l',
      'app=agent',
      '-o',
      'jsonpath={.items[*].spec.nodeName}',
    ]);
    expect(nodes.split(' ').sort()).toEqual(['node-a', 'node-b', 'node-c']);
    await kubectl(['-n', 'shop', 'create', 'job', 'now', '--from=cronjob/backup']);
    await kubectl(['-n', 'shop', 'wait', '--for=condition=complete', 'job/now', '--timeout=60s']);
  });

  it('collects what was deleted, down to the volume', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['-n', 'shop', 'delete', 'deployment/web', 'statefulset/db', '--wait=true']);
    await kubectl(['-n', 'shop', 'wait', '--for=delete', 'pod', '-l', 'app in (web,db)', '--timeout=60s']);
    await kubectl(['-n', 'shop', 'delete', 'pvc', '--all', '--wait=true']);
    await kubectl(['wait', '--for=delete', 'pv', '--all', '--timeout=60s']);
    expect(await kubectl(['get', 'pv', '-o', 'name'])).toBe('');
  });

  it('holds back what shall not come up', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['apply', '-f', '-'], pod('broken', 'registry.example/web:bad'));
    await kubectl(['apply', '-f', '-'], pod('held', 'web', 'rehearsal.naru.dev/hold: "yes"'));
    await kubectl(['apply', '-f', '-'], pod('fine', 'web'));
    await kubectl(['wait', '--for=condition=Ready', 'pod/fine', '--timeout=60s']);
    const reason = '{.status.containerStatuses[0].state.waiting.reason}';
    await kubectl(['wait', `--for=jsonpath=${reason}=ImagePullBackOff`, 'pod/broken', '--timeout=60s']);
    expect(await kubectl(['get', 'pod', 'held', '-o', 'jsonpath={.status.phase}'])).toBe('Pending');
    await kubectl(['label', 'pod', 'held', 'rehearsal.naru.dev/hold-']);
    await kubectl(['wait', '--for=condition=Ready', 'pod/held', '--timeout=60s']);
  });
});

describe('several', () => {
  it('live side by side and end alone', async () => {
    const start = () => startControlPlane({ level: 'api', environment: env });
    const [one, two] = await Promise.all([start(), start()]);
    try {
      const [first, second] = await Promise.all([kubectlOn(one), kubectlOn(two)]);
      await first(['create', 'configmap', 'mine']);
      expect(await second(['get', 'configmap', '-o', 'name'])).not.toContain('mine');
      await one.stop();
      expect(await isGone(one.directory)).toBe(true);
      expect(await processesNaming(one.directory)).toEqual([]);
      expect(await second(['get', '--raw', '/readyz'])).toBe('ok');
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
    expect(await processesNaming(two.directory)).toEqual([]);
  });
});

// Building a second version takes ten minutes, which is too much for every run of the tests: it is used when it is there.
const OLDER = '1.34';
const hasOlder = await Promise.all(
  LEVEL_BINARIES.api.map((name) => {
    const recipe = recipeOf(name, resolveKubernetesVersion(OLDER));
    return isCached(cacheEntry(cacheRoot(env), recipe, name));
  }),
);

describe('several versions', () => {
  it('live side by side', async ({ skip }) => {
    skip(hasOlder.includes(false), `Kubernetes ${OLDER} is not in the cache`);
    const start = (kube: string) => startControlPlane({ level: 'api', kube, environment: env });
    const controlPlanes = await Promise.all([start(OLDER), start('1.36')]);
    try {
      const served = controlPlanes.map(async (one) => (await kubectlOn(one))(['get', '--raw', '/version']));
      const versions = (await Promise.all(served)).map(
        (text) => (JSON.parse(text) as { gitVersion: string }).gitVersion,
      );
      expect(versions).toEqual(['v1.34.4', 'v1.36.3']);
      expect(controlPlanes.map(({ kubernetesVersion }) => `v${kubernetesVersion}`)).toEqual(versions);
    } finally {
      await Promise.all(controlPlanes.map((one) => one.stop()));
    }
  });
});

describe('a start that goes wrong', () => {
  it('shows the last lines of a server that refuses its flags, and leaves nothing', async () => {
    const events: RehearsalEvent[] = [];
    const options = {
      level: 'api' as const,
      environment: env,
      images: [],
      onProgress: (event: RehearsalEvent) => void events.push(event),
      signal: new AbortController().signal,
      apiServerArgs: ['--no-such-flag=1'],
    };
    const located = await locateBinaries({ names: LEVEL_BINARIES.api, environment: env });
    const failure = await startOnLoopback(options, located).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NaruError);
    expect(failure).toMatchObject({ code: 'CONTROL_PLANE_FAILED', exitCode: 3 });
    expect(String(failure)).toContain('kube-apiserver of the rehearsal ended with exit code 1');
    expect(String(failure)).toContain('unknown flag: --no-such-flag');
    expect(events.map(({ kind }) => kind)).toEqual(['process-started', 'process-started']);
  });

  it('takes another port when somebody was quicker', async () => {
    const located = await locateBinaries({ names: LEVEL_BINARIES.api, environment: env });
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    let starts = 0;
    const options = {
      level: 'api' as const,
      environment: env,
      images: [],
      onProgress: () => undefined,
      signal: new AbortController().signal,
      get apiServerArgs() {
        starts += 1;
        return starts === 1 ? [`--secure-port=${taken}`] : [];
      },
    };
    const controlPlane = await startOnLoopback(options, located);
    await controlPlane.stop();
    server.close();
    expect(starts).toBe(2);
  });

  it.each([0, 300, 1500])('ends at once when it is aborted after %i ms, and leaves nothing', async (afterMs) => {
    const parent = await mkdtemp(join(tmpdir(), 'naru-abort-'));
    const environment = { ...env, TMPDIR: parent };
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('no longer wanted')), afterMs);
    const start = startControlPlane({ level: 'controllers', environment, signal: abort.signal });
    await expect(start).rejects.toThrow('no longer wanted');
    expect(await processesNaming(parent)).toEqual([]);
    expect(await isGone(join(parent, 'anything'))).toBe(true);
    await rm(parent, { recursive: true });
  });

  it('says what is missing and where it has looked', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'naru-empty-'));
    // Nothing to find: no folder of the user's, an empty cache, a proxy that refuses, no Go.
    const environment = { PATH: empty, NARU_CACHE: empty, HTTPS_PROXY: 'http://127.0.0.1:1' };
    const failure = await startControlPlane({ level: 'api', environment }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'BINARY_UNAVAILABLE', exitCode: 3, details: { binary: 'etcd' } });
    expect(String(failure)).toMatch(/KUBEBUILDER_ASSETS: .*; archive: .* not reachable; Go: not installed/);
    await rm(empty, { recursive: true });
  });

  it('replaces a binary that was damaged in the cache', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'naru-damaged-'));
    const { paths } = await locateBinaries({ names: ['etcd'], environment: env });
    const events: RehearsalEvent[] = [];
    const locate = () =>
      locateBinaries({
        names: ['etcd'],
        environment: { ...env, NARU_CACHE: cache, KUBEBUILDER_ASSETS: '' },
        onProgress: (event) => void events.push(event),
      });
    const first = await locate();
    const path = first.paths.get('etcd') ?? '';
    await writeFile(path, 'not a program any more');
    await locate();
    expect((await stat(path)).size).toBe((await stat(paths.get('etcd') ?? '')).size);
    expect(
      events.filter(({ kind }) => kind === 'binary-ready').map((event) => 'from' in event && event.from),
    ).not.toContain('cache');
    await rm(cache, { recursive: true });
  });

  it('uses the folder of the user, whatever it lacks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'naru-assets-'));
    const { paths } = await locateBinaries({ names: ['kube-apiserver'], environment: env });
    await symlink(paths.get('kube-apiserver') ?? '', join(folder, 'kube-apiserver'));
    const located = await locateBinaries({
      names: LEVEL_BINARIES.api,
      environment: { ...env, KUBEBUILDER_ASSETS: folder },
    });
    expect(located.paths.get('kube-apiserver')).toBe(join(folder, 'kube-apiserver'));
    expect(located.paths.get('etcd')).not.toContain(folder);
    await rm(folder, { recursive: true });
  });
});
