import { setTimeout as sleep } from 'node:timers/promises';
import {
  NaruError,
  type ObjectKey,
  objectStatus,
  parseObjectKey,
  type PodCause,
  type Status,
  type StatusReason,
  wordReason,
} from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { findObjects, type Sought } from '../observe/list-kinds.ts';
import type { Delivery } from './delivery.ts';
import { persist } from './persist.ts';
import { podCauses } from '../observe/pod-causes.ts';

const FIRST_LOOK_MS = 200;
const LONGEST_LOOK_MS = 2_000;
const CAUSE_LIMIT_MS = 10_000;

interface Pending extends Sought {
  readonly status: Status;
}

/**
 * Waits until every object is Current. `seen` are the objects as the server answered the apply: most are Current at once.
 *
 * Looks at what is, again and again, with one LIST per kind and namespace: an event that was missed changes nothing.
 * Throws `COMPONENT_NOT_READY` when an object fails for good or the deadline passes.
 */
export async function settle(
  delivery: Delivery,
  component: string,
  { seen, deadline }: { readonly seen: ReadonlyMap<ObjectKey, KubeObject>; readonly deadline: number },
): Promise<void> {
  const started = Date.now();
  let pending = pendingAmong(seen);
  let told = new Map<ObjectKey, string>();
  for (let pause = FIRST_LOOK_MS; pending.length > 0; pause = Math.min(pause * 1.5, LONGEST_LOOK_MS)) {
    told = report(delivery, component, pending, told);
    const failed = pending.find(({ status }) => status.word === 'Failed');
    if (failed !== undefined || Date.now() >= deadline) {
      throw await notReady(delivery, component, failed ?? pending[0], (Date.now() - started) / 1000);
    }
    await sleep(Math.min(pause, Math.max(0, deadline - Date.now())), undefined, { signal: delivery.signal });
    const { client, signal } = delivery;
    const { objects } = await persist(() => findObjects(client, pending, signal), { deadline, signal });
    const found = pending.map(({ key, apiVersion }) => ({ key, apiVersion, status: statusOf(objects.get(key)) }));
    pending = found.filter(({ status }) => status.word !== 'Current');
  }
}

function pendingAmong(seen: ReadonlyMap<ObjectKey, KubeObject>): readonly Pending[] {
  return [...seen]
    .map(([key, object]) => ({ key, apiVersion: object.apiVersion, status: objectStatus(object) }))
    .filter(({ status }) => status.word !== 'Current');
}

function statusOf(object: KubeObject | undefined): Status {
  return object === undefined ? { word: 'NotFound', reason: { code: 'absent' } } : objectStatus(object);
}

/** Tells what is new about each pending object. */
function report(
  { emit }: Delivery,
  component: string,
  pending: readonly Pending[],
  told: ReadonlyMap<ObjectKey, string>,
): Map<ObjectKey, string> {
  return new Map(
    pending.map(({ key, status: { word, reason } }) => {
      const text = `${word} ${wordReason(reason, 'en')}`;
      if (told.get(key) !== text) emit({ type: 'object-waiting', component, key, status: word, reason });
      return [key, text];
    }),
  );
}

async function notReady(
  delivery: Delivery,
  component: string,
  object: Pending | undefined,
  seconds: number,
): Promise<NaruError> {
  const key = object?.key ?? ('' as ObjectKey);
  const status: StatusReason = object?.status.reason ?? { code: 'unreported' };
  const cause = await causeOf(delivery.client, key);
  return new NaruError('COMPONENT_NOT_READY', { component, key, status, cause, seconds: Math.round(seconds) });
}

/** Who may not read pods, or finds no server any more, is told at least what is not ready. */
async function causeOf(client: KubeClient, key: ObjectKey): Promise<PodCause | undefined> {
  const limit = AbortSignal.timeout(CAUSE_LIMIT_MS);
  try {
    return (await podCauses(client, parseObjectKey(key), limit))[0];
  } catch (error) {
    if (error instanceof NaruError || error === limit.reason) return undefined;
    throw error;
  }
}
