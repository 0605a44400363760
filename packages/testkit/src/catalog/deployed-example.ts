import { isRecord, type Manifest } from '@naru/core';
import { connect, type KubeClient } from '@naru/engine';
import { eventually } from '../traces.ts';
import { child } from './pod-rules.ts';

type ResourceType = Parameters<KubeClient['get']>[0];
type KubeObject = NonNullable<Awaited<ReturnType<KubeClient['get']>>>;

/** How long a pod of a test may take, its image being there. */
const POD_LIMIT_MS = 60_000;

/** What came of a pod that ran to its end. */
export interface PodRun {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A namespace of a real cluster in which an example runs, and what tests ask of it. */
export interface DeployedExample {
  readonly apply: (objects: readonly Manifest[]) => Promise<void>;
  readonly read: (apiVersion: string, kind: string, name: string) => Promise<KubeObject>;
  readonly remove: (apiVersion: string, kind: string, name: string) => Promise<void>;
  /** A value of a Secret, decoded. */
  readonly secret: (name: string, key: string) => Promise<string>;
  /** The address of a Service. */
  readonly address: (service: string) => Promise<string>;
  /** Runs a pod of one container to its end. */
  readonly run: (name: string, container: Readonly<Record<string, unknown>>) => Promise<PodRun>;
  readonly close: () => Promise<void>;
}

/** Opens the namespace `namespace` of the cluster behind `kubeconfig`. Absent objects and refusals are errors. */
export async function openDeployedExample(kubeconfig: string, namespace: string): Promise<DeployedExample> {
  const client = await connect({ kubeconfig, environment: {} });
  const options = { fieldManager: 'test', force: true } as const;
  const apply = async (objects: readonly Manifest[]): Promise<void> => {
    for (const object of objects) await client.apply(object, options);
  };
  const read: DeployedExample['read'] = async (apiVersion, kind, name) => {
    const object = await client.get(await typeOf(client, apiVersion, kind), { name, namespace });
    if (object === undefined) throw new Error(`there is no ${kind} ${name}`);
    return object;
  };
  const field = async (kind: string, name: string, part: string, key: string): Promise<string> =>
    String(child(await read('v1', kind, name), part)[key]);
  return {
    apply,
    read,
    remove: async (apiVersion, kind, name) => {
      const type = await typeOf(client, apiVersion, kind);
      await client.delete(type, { name, namespace }, { propagation: 'Background' });
    },
    secret: async (name, key) => Buffer.from(await field('Secret', name, 'data', key), 'base64').toString(),
    address: (service) => field('Service', service, 'spec', 'clusterIP'),
    run: async (name, container) => {
      const spec = { restartPolicy: 'Never', containers: [{ name: 'run', ...container }] };
      await apply([{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec }]);
      let phase = '';
      const ended = async (): Promise<boolean> => {
        phase = await field('Pod', name, 'status', 'phase');
        return phase === 'Succeeded' || phase === 'Failed';
      };
      await eventually(`pod ${name} ends`, ended, POD_LIMIT_MS);
      const lines = await Array.fromAsync(client.logs({ name, namespace }));
      return { succeeded: phase === 'Succeeded', output: lines.join('\n') };
    },
    close: () => client.close(),
  };
}

/** Whether the object has the condition `type` with status True. */
export function hasCondition(object: KubeObject, type: string): boolean {
  const conditions = child(object, 'status')['conditions'];
  return (
    Array.isArray(conditions) && conditions.filter(isRecord).some((c) => c['type'] === type && c['status'] === 'True')
  );
}

async function typeOf(client: KubeClient, apiVersion: string, kind: string): Promise<ResourceType> {
  const type = await client.discovery.resourceFor({ apiVersion, kind });
  if (type === undefined) throw new Error(`the cluster serves no ${kind}`);
  return type;
}
