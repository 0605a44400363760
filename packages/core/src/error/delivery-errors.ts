import type { PodCause } from '../status/pod-cause.ts';
import type { StatusReason } from '../status/status.ts';
import { wordCause, wordReason } from '../status/wording.ts';
import { define } from './definition.ts';

/** What a plan or a delivery refuses, or could not finish. */
export const DELIVERY_ERRORS = {
  OBJECT_FOREIGN: define<{ key: string; managers: string }>({
    en: {
      message: ({ key, managers }) => `${key} exists and this platform did not create it (managed by ${managers})`,
      remedy: () => 'Rename ours, or remove the object from the cluster if nobody needs it.',
    },
    ko: {
      message: ({ key, managers }) => `${key} 이(가) 이미 있으며 이 플랫폼이 만든 것이 아닙니다 (관리자: ${managers})`,
      remedy: () => '이쪽 이름을 바꾸거나, 아무도 쓰지 않는다면 클러스터에서 지우십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_IMMUTABLE: define<{ key: string; reason: string }>({
    en: {
      message: ({ key, reason }) => `${key} cannot be changed in place: ${reason}`,
      remedy: ({ key }) =>
        `Undo the change, or delete ${key} yourself when its loss is acceptable, then run the command again.`,
    },
    ko: {
      message: ({ key, reason }) => `${key} 은(는) 그대로 바꿀 수 없습니다: ${reason}`,
      remedy: ({ key }) => `변경을 되돌리거나, 잃어도 되는 경우 ${key} 을(를) 직접 지운 뒤 다시 실행하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  KIND_UNKNOWN: define<{ key: string; apiVersion: string }>({
    en: {
      message: ({ key, apiVersion }) => `the cluster does not know the kind of ${key} (${apiVersion})`,
      remedy: () => 'Add the component that brings its CustomResourceDefinition, or correct the apiVersion.',
    },
    ko: {
      message: ({ key, apiVersion }) => `클러스터가 ${key} 의 종류를 모릅니다 (${apiVersion})`,
      remedy: () => 'CustomResourceDefinition 을 가져오는 컴포넌트를 추가하거나 apiVersion 을 고치십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_NOT_READY: define<{
    component: string;
    key: string;
    status: StatusReason;
    cause: PodCause | undefined;
    seconds: number;
  }>({
    en: {
      message: ({ component, key, status, cause, seconds }) =>
        `${component} is not ready after ${seconds} s: ${key}: ${wordReason(status, 'en')}${because(cause)}`,
      remedy: () => 'Remove the cause, then run the same command again: it continues from here.',
    },
    ko: {
      message: ({ component, key, status, cause, seconds }) =>
        `${component} 이(가) ${seconds} 초 안에 준비되지 않았습니다: ${key}: ${wordReason(status, 'ko')}${because(cause)}`,
      remedy: () => '원인을 없앤 뒤 같은 명령을 다시 실행하십시오. 여기서부터 이어집니다.',
    },
    exitCode: 4,
    retry: 'backoff',
  }),
  COMPONENT_NOT_GONE: define<{ component: string; keys: string; seconds: number }>({
    en: {
      message: ({ component, keys, seconds }) => `objects of ${component} are not gone after ${seconds} s: ${keys}`,
      remedy: () => 'See which finalizer or controller holds them, then run the same command again.',
    },
    ko: {
      message: ({ component, keys, seconds }) =>
        `${component} 의 오브젝트가 ${seconds} 초 안에 사라지지 않았습니다: ${keys}`,
      remedy: () => '어떤 finalizer 나 컨트롤러가 붙들고 있는지 확인한 뒤 같은 명령을 다시 실행하십시오.',
    },
    exitCode: 4,
    retry: 'backoff',
  }),
  DELIVERY_INCOMPLETE: define<{ failed: string; command: string }>({
    en: {
      message: ({ failed }) => `the delivery stopped half-way; not done: ${failed}`,
      remedy: ({ command }) => `Remove the cause, then continue with \`${command}\`.`,
    },
    ko: {
      message: ({ failed }) => `전달이 중간에 멈췄습니다. 남은 것: ${failed}`,
      remedy: ({ command }) => `원인을 없앤 뒤 \`${command}\` 로 이어서 진행하십시오.`,
    },
    exitCode: 4,
    retry: 'backoff',
  }),
  DELIVERY_HELD: define<{ platform: string; holder: string }>({
    en: {
      message: ({ platform, holder }) => `${holder} is delivering ${platform} right now`,
      remedy: () => 'Wait until it is done, or add `--take-over` if that process is gone for good.',
    },
    ko: {
      message: ({ platform, holder }) => `${holder} 이(가) 지금 ${platform} 을(를) 전달하고 있습니다`,
      remedy: () => '끝날 때까지 기다리거나, 그 프로세스가 완전히 사라졌다면 `--take-over` 를 더하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  DELIVERY_LOST: define<{ platform: string; holder: string }>({
    en: {
      message: ({ platform, holder }) => `the delivery of ${platform} was taken over by ${holder}`,
      remedy: () => 'Let the other delivery finish; run the command again if it is still needed.',
    },
    ko: {
      message: ({ platform, holder }) => `${platform} 의 전달을 ${holder} 이(가) 넘겨받았습니다`,
      remedy: () => '다른 전달이 끝나기를 기다린 뒤, 필요하면 다시 실행하십시오.',
    },
    exitCode: 4,
    retry: 'backoff',
  }),
  PLATFORM_UNNAMED: define<{ known: string }>({
    en: {
      message: ({ known }) =>
        known === ''
          ? 'this cluster has no record of any platform'
          : 'this cluster has several platforms and none was named',
      remedy: ({ known }) =>
        known === ''
          ? 'Check the kubeconfig context, or deliver a platform with `naru apply`.'
          : `Name one of: ${known}.`,
    },
    ko: {
      message: ({ known }) =>
        known === ''
          ? '이 클러스터에는 플랫폼 기록이 없습니다'
          : '이 클러스터에 플랫폼이 여럿인데 이름을 지정하지 않았습니다',
      remedy: ({ known }) =>
        known === ''
          ? 'kubeconfig 컨텍스트를 확인하거나 `naru apply` 로 플랫폼을 전달하십시오.'
          : `다음 중 하나를 지정하십시오: ${known}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  PLATFORM_UNKNOWN: define<{ platform: string; known: string }>({
    en: {
      message: ({ platform }) => `this cluster has no record of a platform \`${platform}\``,
      remedy: ({ known }) => `Known here: ${known}. Check the name and the kubeconfig context.`,
    },
    ko: {
      message: ({ platform }) => `이 클러스터에는 플랫폼 \`${platform}\` 의 기록이 없습니다`,
      remedy: ({ known }) => `여기 있는 플랫폼: ${known}. 이름과 kubeconfig 컨텍스트를 확인하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  RECORD_CORRUPTED: define<{ record: string; reason: string }>({
    en: {
      message: ({ record, reason }) => `the record ${record} in the cluster cannot be trusted: ${reason}`,
      remedy: () => 'Restore the Secret from a backup, or remove it if the platform is to be taken over by hand.',
    },
    ko: {
      message: ({ record, reason }) => `클러스터의 기록 ${record} 을(를) 믿을 수 없습니다: ${reason}`,
      remedy: () => '백업에서 Secret 을 되돌리거나, 직접 정리할 것이라면 지우십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  RECORD_TOO_LARGE: define<{ record: string; bytes: number; limitBytes: number }>({
    en: {
      message: ({ record, bytes, limitBytes }) =>
        `the record ${record} would have ${bytes} bytes; the API server takes ${limitBytes}`,
      remedy: () => 'Split the platform in two.',
    },
    ko: {
      message: ({ record, bytes, limitBytes }) =>
        `기록 ${record} 이(가) ${bytes} 바이트로 API 서버의 한도 ${limitBytes} 를 넘습니다`,
      remedy: () => '플랫폼을 둘로 나누십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  REHEARSAL_UNPROVEN: define<{ offenders: string }>({
    en: {
      message: ({ offenders }) => `the rehearsal did not end as a delivery must: ${offenders}`,
      remedy: () =>
        'See the stage that is missing above; a chart that never settles or changes at each apply is the usual cause.',
    },
    ko: {
      message: ({ offenders }) => `예행연습이 전달답게 끝나지 않았습니다: ${offenders}`,
      remedy: () =>
        '위에서 빠진 단계를 확인하십시오. 끝내 준비되지 않거나 적용할 때마다 바뀌는 차트가 흔한 원인입니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  PLAN_MOVED: define<{ platform: string }>({
    en: {
      message: ({ platform }) => `the cluster has moved since the plan of ${platform} was made`,
      remedy: () => 'Run `naru plan` again and look at what changed.',
    },
    ko: {
      message: ({ platform }) => `${platform} 의 계획을 만든 뒤 클러스터가 바뀌었습니다`,
      remedy: () => '`naru plan` 을 다시 실행해 무엇이 바뀌었는지 확인하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
};

function because(cause: PodCause | undefined): string {
  return cause === undefined ? '' : ` (${wordCause(cause)})`;
}
