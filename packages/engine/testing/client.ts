import type { KubeClient } from '../src/kube/client.ts';

/** A request, as the method and what it is about: `apply ConfigMap a`, `list secrets default`. */
export type Called = string;

type Verb = 'get' | 'list' | 'apply' | 'create' | 'update' | 'patch' | 'delete';

/** Asks `before` ahead of every request and tells `after` of every answer. Discovery is not counted: it is remembered. */
export function watched(
  client: KubeClient,
  {
    before = async (): Promise<void> => undefined,
    after = () => undefined,
  }: {
    readonly before?: (called: Called, signal: AbortSignal | undefined) => Promise<void>;
    readonly after?: (called: Called) => void;
  },
): KubeClient {
  const around = async <T>(
    called: Called,
    options: { readonly signal?: AbortSignal } | undefined,
    send: () => Promise<T>,
  ): Promise<T> => {
    await before(called, options?.signal);
    const answer = await send();
    after(called);
    return answer;
  };
  const verbs: Pick<KubeClient, Verb> = {
    get: (type, name, options) =>
      around(`get ${type.kind} ${name.name}`, options, () => client.get(type, name, options)),
    list: (type, options) =>
      around(`list ${type.plural} ${options?.namespace ?? '*'}`, options, () => client.list(type, options)),
    apply: (object, options) =>
      around(`${options.dryRun === true ? 'try' : 'apply'} ${object.kind} ${object.metadata.name}`, options, () =>
        client.apply(object, options),
      ),
    create: (object, options) =>
      around(`create ${object.kind} ${object.metadata.name}`, options, () => client.create(object, options)),
    update: (object, options) =>
      around(`update ${object.kind} ${object.metadata.name}`, options, () => client.update(object, options)),
    patch: (type, name, patch, options) =>
      around(`patch ${type.kind} ${name.name}`, options, () => client.patch(type, name, patch, options)),
    delete: (type, name, options) =>
      around(`delete ${type.kind} ${name.name}`, options, () => client.delete(type, name, options)),
  };
  return { ...client, ...verbs };
}

/** Notes every request. */
export function counted(client: KubeClient): { readonly client: KubeClient; readonly calls: Called[] } {
  const calls: Called[] = [];
  const note = (called: Called): Promise<void> => Promise.resolve(void calls.push(called));
  return { client: watched(client, { before: note }), calls };
}

export interface Mortal {
  readonly client: KubeClient;
  /** Resolves when the process would have died. */
  readonly died: Promise<void>;
}

/**
 * What a process sees that is killed right after the answer to its request number `requests`: nothing, ever again. Nothing that
 * it would still do reaches the cluster.
 */
export function killedAfter(client: KubeClient, requests: number): Mortal {
  const { promise: died, resolve: die } = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  let sent = 0;
  const mortal = watched(client, {
    before: async () => {
      sent += 1;
      if (sent <= requests) return;
      die();
      await never;
    },
  });
  return { client: mortal, died };
}

/** A client that refuses everything but what a test gives it. */
export function clientWith(parts: Partial<KubeClient>): KubeClient {
  const refuse = (): never => {
    throw new Error('this test does not expect the request');
  };
  return {
    server: 'https://test.invalid',
    context: undefined,
    namespace: 'default',
    discovery: { resourceFor: refuse, resources: refuse, refresh: refuse },
    version: refuse,
    get: refuse,
    list: refuse,
    watch: refuse,
    apply: refuse,
    create: refuse,
    update: refuse,
    patch: refuse,
    delete: refuse,
    logs: refuse,
    close: refuse,
    ...parts,
  };
}
