import { define } from './definition.ts';
import { KUBECONFIG_ERRORS } from './kubeconfig-errors.ts';
import { REFUSAL_ERRORS } from './refusal-errors.ts';

/** Failures between Naru and a Kubernetes API server. */
export const CLUSTER_ERRORS = {
  ...KUBECONFIG_ERRORS,
  ...REFUSAL_ERRORS,
  CLUSTER_UNREACHABLE: define<{ server: string; reason: string }>({
    en: {
      message: ({ server, reason }) => `no answer from ${server}: ${reason}`,
      remedy: () => 'Check the kubeconfig context and the network, then run the command again.',
    },
    ko: {
      message: ({ server, reason }) => `${server} 에서 응답이 없습니다: ${reason}`,
      remedy: () => 'kubeconfig 컨텍스트와 네트워크를 확인한 뒤 명령을 다시 실행하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CLUSTER_UNTRUSTED: define<{ server: string; reason: string }>({
    en: {
      message: ({ server, reason }) => `the certificate of ${server} cannot be trusted: ${reason}`,
      remedy: () => 'Check certificate-authority and tls-server-name of the cluster in the kubeconfig.',
    },
    ko: {
      message: ({ server, reason }) => `${server} 의 인증서를 신뢰할 수 없습니다: ${reason}`,
      remedy: () => 'kubeconfig 에서 클러스터의 certificate-authority 와 tls-server-name 을 확인하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  CLUSTER_SILENT: define<{ server: string; request: string; seconds: number }>({
    en: {
      message: ({ server, request, seconds }) => `${server} did not answer ${request} within ${seconds} s`,
      remedy: () => 'Run the command again; when it stays slow, look at the load of the API server.',
    },
    ko: {
      message: ({ server, request, seconds }) =>
        `${server} 에서 ${request} 요청에 ${seconds}초 안에 응답하지 않았습니다`,
      remedy: () => '명령을 다시 실행하십시오. 계속 느리면 API 서버의 부하를 확인하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CLUSTER_BUSY: define<{ server: string; reason: string; retryAfterSeconds: number }>({
    en: {
      message: ({ server, reason }) => `${server} cannot take requests right now: ${reason}`,
      remedy: ({ retryAfterSeconds }) => `Run the command again in ${Math.max(1, retryAfterSeconds)} s.`,
    },
    ko: {
      message: ({ server, reason }) => `${server} 에서 지금은 요청을 받을 수 없습니다: ${reason}`,
      remedy: ({ retryAfterSeconds }) => `${Math.max(1, retryAfterSeconds)}초 뒤에 명령을 다시 실행하십시오.`,
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CLUSTER_FAULTY: define<{ server: string; request: string; reason: string }>({
    en: {
      message: ({ server, request, reason }) => `${server} failed to handle ${request}: ${reason}`,
      remedy: () => 'Run the command again; when it fails again, read the log of the API server.',
    },
    ko: {
      message: ({ server, request, reason }) => `${server} 에서 ${request} 요청을 처리하지 못했습니다: ${reason}`,
      remedy: () => '명령을 다시 실행하십시오. 다시 실패하면 API 서버의 로그를 확인하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CLUSTER_ANSWER_UNREADABLE: define<{ server: string; request: string; reason: string }>({
    en: {
      message: ({ server, request, reason }) =>
        `${server} does not answer ${request} as a Kubernetes API server does: ${reason}`,
      remedy: () =>
        'Check that the address in the kubeconfig is an API server, and that no login page stands before it.',
    },
    ko: {
      message: ({ server, request, reason }) =>
        `${server} 의 ${request} 응답이 Kubernetes API 서버의 응답이 아닙니다: ${reason}`,
      remedy: () => 'kubeconfig 의 주소가 API 서버인지, 앞에 로그인 페이지가 있지 않은지 확인하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  WEBHOOK_UNREACHABLE: define<{ webhook: string; object: string; reason: string }>({
    en: {
      message: ({ webhook, object, reason }) => `the webhook ${webhook}, which must see ${object}, fails: ${reason}`,
      remedy: ({ webhook }) => `Check that the pods behind the webhook ${webhook} run, then run the command again.`,
    },
    ko: {
      message: ({ webhook, object, reason }) =>
        `${object} 을(를) 검사하는 웹훅 ${webhook} 호출에 실패했습니다: ${reason}`,
      remedy: ({ webhook }) => `웹훅 ${webhook} 의 파드가 실행 중인지 확인한 뒤 명령을 다시 실행하십시오.`,
    },
    exitCode: 3,
    retry: 'backoff',
  }),
};
