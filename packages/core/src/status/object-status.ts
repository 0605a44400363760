import { isRecord, type Manifest } from '../object/manifest.ts';
import { groupOf } from '../object/object-key.ts';
import { conditionOf, count, type Fields, fieldsOf, textOf } from './fields.ts';
import { CURRENT, type Status, status } from './status.ts';
import { daemonSetStatus, deploymentStatus, replicaSetStatus, statefulSetStatus } from './workload-status.ts';

type Rule = (object: Fields) => Status;

const RULES: Readonly<Record<string, Rule>> = {
  'Deployment.apps': deploymentStatus,
  'StatefulSet.apps': statefulSetStatus,
  'DaemonSet.apps': daemonSetStatus,
  'ReplicaSet.apps': replicaSetStatus,
  'Job.batch': jobStatus,
  'Pod.': podStatus,
  'PersistentVolumeClaim.': ({ status: reported }) =>
    reported['phase'] === 'Bound' ? CURRENT : status('InProgress', { code: 'unbound' }),
  'Service.': serviceStatus,
  'CustomResourceDefinition.apiextensions.k8s.io': definitionStatus,
  'APIService.apiregistration.k8s.io': (object) =>
    conditionOf(object, 'Available') === undefined
      ? status('InProgress', { code: 'unobserved' })
      : conditionStatus(object, 'Available'),
};

/**
 * Whether a live object has reached what it asks for, by the rules of kstatus (sigs.k8s.io/cli-utils/pkg/kstatus/status).
 *
 * A delivery that goes on must not be too early and one that fails must not give up on what may still come right, so it
 * differs in this: a Job must complete (kstatus calls a started one Current) unless it is suspended; a load balancer must
 * have its address; an API service must be available; a pod that failed is Failed (kstatus: Current); a pod that crashes
 * or finds no node is InProgress (kstatus: Failed), because the time limit of the delivery bounds it.
 *
 * An object without conditions is Current when it exists.
 */
export function objectStatus(manifest: Manifest): Status {
  const object = fieldsOf(manifest);
  if (object.metadata['deletionTimestamp'] !== undefined) return status('Terminating', { code: 'deleting' });
  const { observedGeneration } = object.status;
  const { generation } = object.metadata;
  // Some kinds report the one without having the other.
  if (typeof observedGeneration === 'number' && typeof generation === 'number' && observedGeneration !== generation) {
    return status('InProgress', { code: 'unobserved' });
  }
  const reconciling = conditionOf(object, 'Reconciling');
  if (reconciling?.status === 'True') return status('InProgress', { code: 'told', text: reconciling.message });
  const stalled = conditionOf(object, 'Stalled');
  if (stalled?.status === 'True') return status('Failed', { code: 'told', text: stalled.message });
  const rule = RULES[`${manifest.kind}.${groupOf(manifest.apiVersion)}`];
  return rule === undefined ? conditionStatus(object, 'Ready') : rule(object);
}

function conditionStatus(object: Fields, type: string): Status {
  const condition = conditionOf(object, type);
  if (condition === undefined || condition.status === 'True') return CURRENT;
  return status('InProgress', { code: 'told', text: condition.message });
}

function jobStatus(object: Fields): Status {
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') return status('Failed', { code: 'told', text: failed.message });
  if (conditionOf(object, 'Complete')?.status === 'True') return CURRENT;
  if (object.spec['suspend'] === true) return CURRENT;
  const { active, succeeded, failed: failures } = object.status;
  return status('InProgress', {
    code: 'job',
    active: count(active),
    succeeded: count(succeeded),
    failed: count(failures),
  });
}

function podStatus(object: Fields): Status {
  const { phase } = object.status;
  if (phase === 'Succeeded') return CURRENT;
  if (phase === 'Failed')
    return status('Failed', {
      code: 'told',
      text: textOf(object.status['message'], textOf(object.status['reason'], phase)),
    });
  if (conditionOf(object, 'Ready')?.status === 'True') return CURRENT;
  const why = conditionOf(object, 'PodScheduled')?.status === 'False' ? 'PodScheduled' : 'Ready';
  return status('InProgress', { code: 'told', text: conditionOf(object, why)?.message ?? textOf(phase, 'Pending') });
}

function serviceStatus(object: Fields): Status {
  if (object.spec['type'] !== 'LoadBalancer') return CURRENT;
  const balancer = object.status['loadBalancer'];
  const addresses = isRecord(balancer) && Array.isArray(balancer['ingress']) ? balancer['ingress'] : [];
  return addresses.length > 0 ? CURRENT : status('InProgress', { code: 'no-address' });
}

function definitionStatus(object: Fields): Status {
  const refused = conditionOf(object, 'NamesAccepted');
  if (refused?.status === 'False') return status('Failed', { code: 'told', text: refused.message });
  const established = conditionOf(object, 'Established');
  if (established?.status === 'True') return CURRENT;
  if (established?.status === 'False' && established.reason !== 'Installing')
    return status('Failed', { code: 'told', text: established.message });
  return status('InProgress', { code: 'told', text: established?.message ?? 'Established=Unknown' });
}
