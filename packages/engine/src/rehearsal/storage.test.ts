import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@naru/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { provideStorage } from './storage.ts';

const PROVISIONER = 'rehearsal.naru.dev/directory';

interface Volume {
  readonly metadata: { readonly name: string; readonly annotations: Record<string, string> };
  readonly spec: Record<string, unknown>;
  status: { phase: string };
}

let parent: string;
let directory: string;
let claims: object[];
let volumes: Volume[];
let refusals: number;
let change: () => void;
let end: AbortController;
let client: ApiClient;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'naru-storage-'));
  directory = join(parent, 'volumes');
  [claims, volumes, refusals] = [[], [], 0];
  end = new AbortController();
  change = () => undefined;
  client = {
    find: async (path) => ({ items: path.endsWith('volumes') ? volumes : claims }),
    create: async (path, object) => {
      if (!path.endsWith('persistentvolumes')) return;
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('refused');
      }
      const volume = object as Volume;
      if (!volumes.some(({ metadata }) => metadata.name === volume.metadata.name)) volumes.push(volume);
    },
    remove: async (path) => {
      volumes = volumes.filter(({ metadata }) => !path.endsWith(metadata.name));
    },
    watch: async (_path, onChange) => {
      change = onChange;
    },
    close: async () => undefined,
  };
  await provideStorage(client, directory, end.signal);
});
afterEach(async () => {
  end.abort();
  await rm(parent, { recursive: true });
});

function claim(uid: string, provisioner: string | undefined, phase = 'Pending'): object {
  const annotations = provisioner === undefined ? {} : { 'volume.kubernetes.io/storage-provisioner': provisioner };
  return {
    metadata: { name: 'data', namespace: 'shop', uid, annotations },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'standard', resources: { requests: { storage: '1Gi' } } },
    status: { phase },
  };
}

it('gives a claim whose turn it is a directory that everybody may write', async () => {
  claims.push(claim('1', PROVISIONER));
  change();
  await eventually('the volume exists', async () => volumes.length === 1);
  const path = join(directory, 'pvc-1');
  expect(volumes[0]?.spec).toMatchObject({
    capacity: { storage: '1Gi' },
    claimRef: { namespace: 'shop', name: 'data', uid: '1' },
    local: { path },
  });
  expect((await stat(path)).mode & 0o777).toBe(0o777);
});

it('leaves every other claim alone', async () => {
  claims.push(claim('1', undefined), claim('2', 'somebody.else/fast'), claim('3', PROVISIONER, 'Bound'));
  claims.push(claim('4', PROVISIONER));
  change();
  await eventually('the volume exists', async () => volumes.length > 0);
  expect(volumes.map(({ metadata }) => metadata.name)).toEqual(['pvc-4']);
  expect(await readdir(directory)).toEqual(['pvc-4']);
});

it('tries again when the server refuses, and makes one volume for many changes', async () => {
  refusals = 1;
  claims.push(claim('1', PROVISIONER));
  for (let times = 0; times < 10; times += 1) change();
  await eventually('the volume exists', async () => volumes.length === 1);
  expect(refusals).toBe(0);
});

it('removes what was released, and only what it made itself', async () => {
  claims.push(claim('1', PROVISIONER));
  change();
  await eventually('the volume exists', async () => volumes.length === 1);
  claims = [];
  const [made] = volumes;
  if (made !== undefined) made.status = { phase: 'Released' };
  const foreign = { ...made, metadata: { name: 'foreign', annotations: {} } } as Volume;
  const kept = { ...made, metadata: { ...made?.metadata, name: 'kept' } } as Volume;
  volumes.push(foreign, { ...kept, spec: { persistentVolumeReclaimPolicy: 'Retain' } });
  change();
  await eventually('the volume is gone', async () => volumes.length === 2);
  expect(volumes.map(({ metadata }) => metadata.name)).toEqual(['foreign', 'kept']);
  expect(await readdir(directory)).toEqual([]);
});

it('does nothing any more when it is ended', async () => {
  end.abort();
  claims.push(claim('1', PROVISIONER));
  change();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(volumes).toEqual([]);
});
