import { isRecord, type Manifest } from '../object/manifest.ts';
import { conditionOf, count, fieldsOf, textOf } from './fields.ts';

/** Why a pod is not ready, in the words of the scheduler or the kubelet. */
export interface PodCause {
  readonly pod: string;
  /** Such as `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable`. */
  readonly reason: string;
  readonly message: string;
}

/** Reasons that pass by themselves: they say that something is under way, not that something is wrong. */
const PASSING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** The first thing that keeps a pod from being ready; undefined when nothing is known to. */
export function podCause(pod: Manifest): PodCause | undefined {
  const object = fieldsOf(pod);
  const scheduled = conditionOf(object, 'PodScheduled');
  if (scheduled?.status === 'False')
    return { pod: pod.metadata.name, reason: scheduled.reason, message: scheduled.message };
  const lists = ['initContainerStatuses', 'containerStatuses'].map((list) => object.status[list]);
  for (const container of lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))) {
    const cause = isRecord(container) ? containerCause(container) : undefined;
    if (cause !== undefined) return { pod: pod.metadata.name, ...cause };
  }
  return undefined;
}

function containerCause(container: Readonly<Record<string, unknown>>): Omit<PodCause, 'pod'> | undefined {
  const state = isRecord(container['state']) ? container['state'] : {};
  const waiting = isRecord(state['waiting']) ? state['waiting'] : undefined;
  if (waiting !== undefined && !PASSING.has(textOf(waiting['reason']))) {
    return { reason: textOf(waiting['reason'], 'Waiting'), message: textOf(waiting['message']) };
  }
  const terminated = isRecord(state['terminated']) ? state['terminated'] : undefined;
  if (terminated === undefined || terminated['exitCode'] === 0) return undefined;
  const reason = textOf(terminated['reason'], 'Error');
  return { reason, message: textOf(terminated['message'], `exit code ${count(terminated['exitCode'])}`) };
}
