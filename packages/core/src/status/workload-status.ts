import { isRecord } from '../object/manifest.ts';
import { conditionOf, count, type Fields } from './fields.ts';
import { CURRENT, type Status, type StatusReason, status } from './status.ts';

type Counted = Extract<StatusReason, { code: 'replicas' }>['of'];

/** Fewer than wanted of something. */
function short(of: Counted, have: number, want: number): Status {
  return status('InProgress', { code: 'replicas', of, have, want });
}

/** A Deployment with this deadline, or with none, has no Progressing condition (k8s.io/kubernetes pkg/controller/deployment/util). */
const NO_DEADLINE = 2 ** 31 - 1;

/** kstatus `deploymentConditions`. */
export function deploymentStatus(object: Fields): Status {
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return status('Failed', { code: 'told', text: progressing.message });
  }
  const want = count(object.spec['replicas'], 1);
  const { replicas, updatedReplicas, readyReplicas, availableReplicas } = object.status;
  if (count(replicas) < want) return short('created', count(replicas), want);
  if (count(updatedReplicas) < want) return short('updated', count(updatedReplicas), want);
  if (count(replicas) > want) return short('terminating', count(replicas) - want, want);
  if (count(availableReplicas) < want) return short('available', count(availableReplicas), want);
  if (count(readyReplicas) < want) return short('ready', count(readyReplicas), want);
  const deadline = count(object.spec['progressDeadlineSeconds'], NO_DEADLINE);
  if (deadline !== NO_DEADLINE && progressing?.reason !== 'NewReplicaSetAvailable') {
    return progressing === undefined
      ? status('InProgress', { code: 'unobserved' })
      : status('InProgress', { code: 'told', text: progressing.message });
  }
  const available = conditionOf(object, 'Available');
  if (available === undefined) return status('InProgress', { code: 'unobserved' });
  if (available.status !== 'True') return status('InProgress', { code: 'told', text: available.message });
  return CURRENT;
}

/** kstatus `replicasetConditions`. */
export function replicaSetStatus(object: Fields): Status {
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') return status('InProgress', { code: 'told', text: failure.message });
  const want = count(object.spec['replicas'], 1);
  const { replicas, readyReplicas, availableReplicas } = object.status;
  if (count(replicas) < want) return short('created', count(replicas), want);
  if (count(availableReplicas) < want) return short('available', count(availableReplicas), want);
  if (count(readyReplicas) < want) return short('ready', count(readyReplicas), want);
  if (count(replicas) > want) return short('terminating', count(replicas) - want, want);
  return CURRENT;
}

/** kstatus `stsConditions`. */
export function statefulSetStatus(object: Fields): Status {
  const strategy = isRecord(object.spec['updateStrategy']) ? object.spec['updateStrategy'] : {};
  // Pods of an OnDelete set move only when somebody deletes them: there is nothing to wait for.
  if (strategy['type'] === 'OnDelete') return CURRENT;
  const want = count(object.spec['replicas'], 1);
  const { replicas, readyReplicas, updatedReplicas, currentRevision, updateRevision } = object.status;
  if (count(replicas) < want) return short('created', count(replicas), want);
  if (count(readyReplicas) < want) return short('ready', count(readyReplicas), want);
  if (count(replicas) > want) return short('terminating', count(replicas) - want, want);
  const rolling = isRecord(strategy['rollingUpdate']) ? strategy['rollingUpdate'] : {};
  const partition = count(rolling['partition']);
  if (partition > 0) {
    const moving = want - partition;
    return count(updatedReplicas) < moving ? short('updated', count(updatedReplicas), moving) : CURRENT;
  }
  if (currentRevision !== updateRevision) return status('InProgress', { code: 'revising' });
  return CURRENT;
}

/** kstatus `daemonsetConditions`. */
export function daemonSetStatus(object: Fields): Status {
  const { desiredNumberScheduled, currentNumberScheduled, updatedNumberScheduled, numberAvailable, numberReady } =
    object.status;
  if (object.status['observedGeneration'] === undefined || desiredNumberScheduled === undefined)
    return status('InProgress', { code: 'unobserved' });
  const want = count(desiredNumberScheduled);
  if (count(currentNumberScheduled) < want) return short('scheduled', count(currentNumberScheduled), want);
  if (count(updatedNumberScheduled) < want) return short('updated', count(updatedNumberScheduled), want);
  if (count(numberAvailable) < want) return short('available', count(numberAvailable), want);
  if (count(numberReady) < want) return short('ready', count(numberReady), want);
  return CURRENT;
}
