import { stringify } from 'yaml';

/** Label of a pod that stays pending, to rehearse what a platform does while something does not come up. */
export const HOLD_LABEL = 'rehearsal.naru.dev/hold';

type Match = { key: string; operator: 'DoesNotExist' | 'Exists' | 'In' | 'NotIn'; values?: string[] };

const ALIVE: Match = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const PENDING: Match = { key: '.status.phase', operator: 'In', values: ['Pending'] };
const SCHEDULED: Match = { key: '.spec.nodeName', operator: 'Exists' };
const NOT_HELD: Match = { key: `.metadata.labels["${HOLD_LABEL}"]`, operator: 'DoesNotExist' };
const BAD_IMAGES = '.spec.containers.[].image | select( endswith(":bad") )';
const OF_JOB: Match = { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] };
const NOT_OF_JOB: Match = { key: '.metadata.ownerReferences.[].kind', operator: 'NotIn', values: ['Job'] };
const READY = '.status.conditions.[] | select( .type == "Ready" ) | .status';

/**
 * What the simulated nodes do, as Stage objects of kwok, which has none of its own: a node becomes ready; a pod
 * becomes ready, or completes when it belongs to a Job, or stays in `ImagePullBackOff` when an image has the tag
 * `bad`; a pod that is being deleted goes.
 */
export function simulationStages(): string {
  const stages = [
    stage('Node', 'node-ready', [{ key: READY, operator: 'NotIn', values: ['True'] }], { statusTemplate: NODE_READY }),
    stage('Pod', 'pod-ready', [ALIVE, PENDING, SCHEDULED, NOT_HELD, NOT_OF_JOB, no(BAD_IMAGES), notReady()], {
      statusTemplate: podStatus('Running', 'True', RUNNING),
    }),
    stage('Pod', 'pod-completed', [ALIVE, PENDING, SCHEDULED, NOT_HELD, OF_JOB, no(BAD_IMAGES)], {
      statusTemplate: podStatus('Succeeded', 'False', COMPLETED),
    }),
    stage('Pod', 'pod-image-missing', [ALIVE, PENDING, SCHEDULED, some(BAD_IMAGES), noneWaiting()], {
      statusTemplate: podStatus('Pending', 'False', IMAGE_MISSING),
    }),
    stage('Pod', 'pod-deleted', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], { delete: true }),
  ];
  return stages.map((one) => stringify(one, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 })).join('---\n');
}

function stage(kind: string, name: string, matchExpressions: readonly Match[], next: object): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, next },
  };
}

const some = (key: string): Match => ({ key, operator: 'Exists' });
const no = (key: string): Match => ({ key, operator: 'DoesNotExist' });
const notReady = (): Match => ({ key: READY, operator: 'NotIn', values: ['True'] });
const noneWaiting = (): Match => no('.status.containerStatuses.[].state.waiting.reason');

const RUNNING = 'running: { startedAt: {{ $now | Quote }} }';
const COMPLETED =
  'terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} }';
const IMAGE_MISSING =
  'waiting: { reason: ImagePullBackOff, message: {{ printf "Back-off pulling image %s" .image | Quote }} }';

function podStatus(phase: string, ready: 'True' | 'False', state: string): string {
  const condition = (type: string, status: string): string =>
    `- { type: ${type}, status: "${status}", lastTransitionTime: {{ $now | Quote }} }`;
  return `
{{ $now := Now }}
phase: ${phase}
startTime: {{ $now | Quote }}
conditions:
${condition('PodScheduled', 'True')}
${condition('Initialized', 'True')}
${condition('ContainersReady', ready)}
${condition('Ready', ready)}
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "${ready}", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: ${ready === 'True'}
  started: ${ready === 'True'}
  restartCount: 0
  state: { ${state} }
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  {{ if eq (or .restartPolicy "") "Always" }}
  ready: ${ready === 'True'}
  started: ${ready === 'True'}
  state: { ${state} }
  {{ else }}
  ready: true
  started: false
  state: { ${COMPLETED} }
  {{ end }}
{{ end }}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
`;
}

const NODE_READY = `
{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
addresses:
- { type: InternalIP, address: {{ NodeIP | Quote }} }
- { type: Hostname, address: {{ NodeName | Quote }} }
`;
