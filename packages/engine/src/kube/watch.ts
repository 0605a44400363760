import { NaruError } from '@naru/core';
import { pause } from './backoff.ts';
import type { WatchEvent, WatchOptions } from './client.ts';
import type { ResourceType } from './kube-object.ts';
import { listObjects, selectionOf } from './list.ts';
import type { KubeRequest } from './request.ts';
import { kindOf, resourcePath, withQuery } from './resource-path.ts';
import { plainText } from './plain-text.ts';
import { errorFromStatus } from './status-error.ts';
import { textLines } from './text-lines.ts';
import type { Transport } from './transport.ts';
import { parseWatchLine, type WatchLine } from './watch-line.ts';
import { createWatchHealth, type WatchHealth } from './watch-health.ts';
import { createWatchState } from './watch-state.ts';

/** Bookmarks come every 60 to 75 seconds on an idle watch. Longer silence is a dead connection. */
const IDLE_SECONDS = 100;
/** The server ends a watch after this time, so that a new one shows fresh credentials. Spread, so that not all begin anew together. */
const WATCH_SECONDS = 300;
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface WatchDeps {
  readonly transport: Transport;
  readonly random: () => number;
}

/**
 * Lists, then follows. Whatever ends a connection, the next begins at the last version that was told; when the server no longer
 * keeps that version, a new list is compared with what was told, and the differences are told as events. Remembers every object
 * that it told, for that comparison.
 */
export async function* watchObjects(
  deps: WatchDeps,
  type: ResourceType,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  const state = createWatchState();
  const health = createWatchHealth(deps.random);
  let version = '';
  if (options.from !== undefined) {
    state.reconcile(options.from);
    version = options.from.resourceVersion;
    health.heard();
    yield { type: 'SYNCED', resourceVersion: version };
  }
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      if (version === '') {
        const list = await listObjects(deps.transport, type, options);
        health.heard();
        yield* state.reconcile(list);
        version = list.resourceVersion;
        yield { type: 'SYNCED', resourceVersion: version };
      }
      for await (const line of followOnce({ ...deps, health }, type, { ...options, version })) {
        version = line.resourceVersion;
        const event = line.type === 'BOOKMARK' ? undefined : state.take(line);
        if (event !== undefined) yield event;
      }
      health.closed(undefined);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof NaruError)) throw error;
      const expired = error.code === 'VERSION_EXPIRED';
      if (expired) version = '';
      health.closed(expired ? undefined : error);
    }
    await pause(health.delayMs(), options.signal);
  }
}

type Followed = Exclude<WatchLine, { readonly type: 'ERROR' }>;

/** One connection. Ends without an error when the server closes it. */
async function* followOnce(
  { transport, random, health }: WatchDeps & { readonly health: WatchHealth },
  type: ResourceType,
  options: WatchOptions & { readonly version: string },
): AsyncGenerator<Followed> {
  const request = watchRequest(type, options, Math.round(WATCH_SECONDS * (1 + random())));
  const { server } = transport;
  const chunks = await transport.stream(request, options.idleTimeoutSeconds ?? IDLE_SECONDS);
  health.opened();
  for await (const text of textLines(chunks)) {
    const line = parseWatchLine(text, kindOf(type));
    if (line === undefined) {
      const reason = `it is no event: ${plainText(text).slice(0, 80)}`;
      throw new NaruError('CLUSTER_ANSWER_UNREADABLE', { server, request: request.action, reason });
    }
    if (line.type === 'ERROR') throw errorFromStatus({ server, code: line.code, body: line.status }, request);
    health.heard();
    yield line;
  }
}

function watchRequest(
  type: ResourceType,
  options: WatchOptions & { readonly version: string },
  timeoutSeconds: number,
): KubeRequest {
  const path = resourcePath(type, options.namespace === undefined ? {} : { namespace: options.namespace });
  const query = {
    ...selectionOf(options),
    watch: true,
    allowWatchBookmarks: true,
    resourceVersion: options.version,
    timeoutSeconds,
  };
  return {
    method: 'GET',
    path: withQuery(path, query),
    ...(options.metadataOnly === true ? { accept: METADATA_ONLY } : {}),
    repeatable: true,
    action: `watch ${type.plural}`,
    object: type.plural,
    kind: kindOf(type),
    signal: options.signal,
  };
}
