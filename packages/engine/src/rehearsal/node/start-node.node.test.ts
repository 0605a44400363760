import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import {
  abandonControlPlane,
  ensureImages,
  eventually,
  IMAGE_RECIPES,
  imageReference,
  kubectlOn,
  processesNaming,
  useControlPlane,
} from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { startControlPlane } from '../start-control-plane.ts';

const run = promisify(execFile);
const BUSYBOX = IMAGE_RECIPES.filter(({ name }) => name === 'busybox');
const IMAGE = BUSYBOX.map(imageReference).join();

/** A web server whose page lies on a volume that it may write although it is not root. */
const WEB = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 2
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000}
      terminationGracePeriodSeconds: 1
      containers:
      - name: web
        image: ${IMAGE}
        imagePullPolicy: Never
        command: [sh, -c, "date >>/data/starts; echo served by $HOSTNAME >/data/index.html; echo up; exec httpd -f -p 8080 -h /data"]
        readinessProbe: {httpGet: {port: 8080, path: /index.html}, periodSeconds: 1}
        volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

/** Network links and cgroups of nodes, by the random part of the directory's name. */
async function tracesOf(directory: string): Promise<readonly string[]> {
  const group = `naru-${basename(directory).split('-').at(-1)}`;
  const { stdout } = await run('find', ['/sys/fs/cgroup', '-type', 'd', '-name', group]);
  return stdout.split('\n').filter((line) => line !== '');
}

const linksOfNodes = async (): Promise<number> =>
  (await run('ip', ['-o', 'link'])).stdout.split('\n').filter((line) => /^\d+: naru-/.test(line)).length;

describe('level node', () => {
  const controlPlane = useControlPlane('node', { images: () => ensureImages(BUSYBOX, { environment: env }) });

  it('runs pods that answer through their Service, by name and from the host', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['apply', '-f', '-'], WEB);
    await kubectl(['rollout', 'status', 'statefulset/web', '--timeout=120s']);
    const inside = await kubectl(['exec', 'web-0', '--', 'wget', '-qO-', 'http://web.default.svc.cluster.local']);
    expect(inside).toMatch(/^served by web-[01]\n$/);
    const address = await kubectl(['get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}']);
    const outside = await fetch(`http://${address}/`, { signal: AbortSignal.timeout(5000) });
    expect(await outside.text()).toMatch(/^served by web-[01]\n$/);
    expect(await kubectl(['logs', 'web-0'])).toBe('up\n');
    expect(await kubectl(['exec', 'web-0', '--', 'id', '-u'])).toBe('1000\n');
  });

  it('keeps a volume when its pod goes', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['delete', 'pod', 'web-0', '--wait=true']);
    await kubectl(['rollout', 'status', 'statefulset/web', '--timeout=120s']);
    const starts = await kubectl(['exec', 'web-0', '--', 'wc', '-l', '/data/starts']);
    expect(starts.trim()).toBe('2 /data/starts');
  });

  it('restarts a container that fails, and says so', async () => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['run', 'failing', `--image=${IMAGE}`, '--image-pull-policy=Never', '--', 'sh', '-c', 'exit 3']);
    const code = '{.status.containerStatuses[0].lastState.terminated.exitCode}';
    await kubectl(['wait', `--for=jsonpath=${code}=3`, 'pod/failing', '--timeout=60s']);
  });

  it('tells its memory, pods left out', async () => {
    const names = (await controlPlane().memory()).map(({ process }) => process);
    expect(names).toEqual(expect.arrayContaining(['containerd', 'etcd', 'kube-apiserver', 'kubelet', 'kube-proxy']));
    expect(names).not.toContain('httpd');
  });

  it('refuses an archive that holds no image', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'naru-archive-'));
    const archive = join(folder, 'broken.tar');
    await writeFile(archive, 'not a tar');
    await expect(controlPlane().importImages([archive])).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    const absent = controlPlane().importImages([join(folder, 'absent.tar')]);
    await expect(absent).rejects.toThrow('no such file');
    await rm(folder, { recursive: true });
  });

  it('lives beside another node, with other addresses', async () => {
    const other = await startControlPlane({ level: 'node', environment: env });
    try {
      expect(other.server).not.toBe(controlPlane().server);
      const kubectl = await kubectlOn(other);
      expect(await kubectl(['get', 'pods', '-o', 'name'])).toBe('');
    } finally {
      const before = Date.now();
      await other.stop();
      expect(Date.now() - before).toBeLessThan(5000);
    }
    expect(await processesNaming(other.directory)).toEqual([]);
    expect(await tracesOf(other.directory)).toEqual([]);
    const kubectl = await kubectlOn(controlPlane());
    expect(await kubectl(['exec', 'web-1', '--', 'echo', 'still here'])).toBe('still here\n');
  });

  it('ends by itself, with every trace, when its starter is killed', async () => {
    const links = await linksOfNodes();
    const { directory, parent, processes } = await abandonControlPlane('node');
    expect(directory).toContain(parent);
    expect(processes).toBeGreaterThanOrEqual(8);
    await eventually('every process is gone', async () => (await processesNaming(parent)).length === 0);
    await eventually('its directory is gone', async () => (await readdir(parent)).length === 0);
    await eventually('its cgroups are gone', async () => (await tracesOf(directory)).length === 0);
    await eventually('its link is gone', async () => (await linksOfNodes()) === links);
    await rm(parent, { recursive: true });
  });

  it.each([200, 700, 2500])('ends by itself when it was still starting, after %i ms', async (afterMs) => {
    const { parent } = await abandonControlPlane('node', afterMs);
    await eventually('every process is gone', async () => (await processesNaming(parent)).length === 0);
    await eventually('its directory is gone', async () => (await readdir(parent)).length === 0);
    await rm(parent, { recursive: true });
  });

  it('leaves nothing when it is aborted', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'naru-abort-'));
    const start = startControlPlane({
      level: 'node',
      environment: { ...env, TMPDIR: parent },
      signal: AbortSignal.timeout(900),
    });
    await expect(start).rejects.toThrow(/timeout/i);
    expect(await processesNaming(parent)).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
    await rm(parent, { recursive: true });
  });
});
