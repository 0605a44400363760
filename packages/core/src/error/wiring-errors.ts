import { define, didYouMean, maybeMeant } from './definition.ts';

/** What objects of a platform ask of each other and of the site, and do not get. */
export const WIRING_ERRORS = {
  STORAGE_EXCEEDED: define<{ storageClass: string; capacity: string; asked: string }>({
    en: {
      message: ({ storageClass, capacity, asked }) =>
        `the platform asks for ${asked} of the storage class ${storageClass}, and the site has ${capacity}`,
      remedy: () => 'Ask for smaller volumes, or give the site more.',
    },
    ko: {
      message: ({ storageClass, capacity, asked }) =>
        `플랫폼이 스토리지 클래스 ${storageClass} 에 ${asked} 을(를) 요청하는데 사이트에는 ${capacity} 만 있습니다`,
      remedy: () => '볼륨을 줄이거나 사이트의 용량을 늘리십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CLASS_UNKNOWN: define<{ key: string; name: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ key, name, suggestion }) =>
        `${key} asks for ${name}, which the site does not name${didYouMean(suggestion)}`,
      remedy: ({ known }) => `Use one of: ${known}; or make the class in the platform.`,
    },
    ko: {
      message: ({ key, name, suggestion }) =>
        `${key} 이(가) 요청하는 ${name} 이(가) 사이트에 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ known }) => `다음 중 하나를 쓰거나 플랫폼에서 클래스를 만드십시오: ${known}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  ROUTE_DUPLICATED: define<{ key: string; other: string; route: string }>({
    en: {
      message: ({ key, other, route }) => `${key} and ${other} both claim ${route}`,
      remedy: () => 'Give one of them another host or path.',
    },
    ko: {
      message: ({ key, other, route }) => `${key} 와(과) ${other} 이(가) 모두 ${route} 을(를) 차지합니다`,
      remedy: () => '둘 중 하나의 호스트나 경로를 바꾸십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  PORT_DUPLICATED: define<{ key: string; other: string; port: string }>({
    en: {
      message: ({ key, other, port }) => `${key} and ${other} both claim ${port} of the nodes`,
      remedy: () => 'Give one of them another port.',
    },
    ko: {
      message: ({ key, other, port }) => `${key} 와(과) ${other} 이(가) 모두 노드의 ${port} 을(를) 차지합니다`,
      remedy: () => '둘 중 하나의 포트를 바꾸십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  REFERENCE_UNRESOLVED: define<{ key: string; target: string; field: string }>({
    en: {
      message: ({ key, target, field }) =>
        `${key} refers to ${target} in \`${field}\`, and nothing in this platform makes that`,
      remedy: () => 'Correct the name, or make sure that it is in the cluster before the platform.',
    },
    ko: {
      message: ({ key, target, field }) =>
        `${key} 의 \`${field}\` 이(가) 가리키는 ${target} 을(를) 만드는 것이 플랫폼에 없습니다`,
      remedy: () => '이름을 고치거나 플랫폼보다 먼저 클러스터에 있게 하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  REFERENCE_KEY_MISSING: define<{ key: string; target: string; entry: string; known: string }>({
    en: {
      message: ({ key, target, entry }) => `${key} reads \`${entry}\` of ${target}, which has no such key`,
      remedy: ({ known }) => (known === '' ? 'Add the key.' : `Use one of: ${known}; or add the key.`),
    },
    ko: {
      message: ({ key, target, entry }) => `${key} 이(가) 읽는 ${target} 의 키 \`${entry}\` 이(가) 없습니다`,
      remedy: ({ known }) => (known === '' ? '키를 더하십시오.' : `다음 중 하나를 쓰거나 키를 더하십시오: ${known}.`),
    },
    exitCode: 2,
    retry: 'never',
  }),
  SELECTOR_UNMATCHED: define<{ key: string; selector: string }>({
    en: {
      message: ({ key, selector }) => `${key} selects pods with ${selector}, and no pod of this platform has that`,
      remedy: () => 'Compare the selector with the labels of the pod template.',
    },
    ko: {
      message: ({ key, selector }) => `${key} 의 셀렉터 ${selector} 에 맞는 파드가 플랫폼에 없습니다`,
      remedy: () => '셀렉터와 파드 템플릿의 레이블을 비교하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  SELECTOR_MISMATCHED: define<{ key: string; selector: string }>({
    en: {
      message: ({ key, selector }) => `${key} selects pods with ${selector}, and its own pod template lacks that`,
      remedy: () => 'Give the pod template the labels of the selector; the API server refuses the object.',
    },
    ko: {
      message: ({ key, selector }) => `${key} 의 셀렉터 ${selector} 이(가) 자신의 파드 템플릿과 맞지 않습니다`,
      remedy: () => '파드 템플릿에 셀렉터의 레이블을 더하십시오. API 서버가 이 오브젝트를 거부합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  HOST_UNRESOLVED: define<{ key: string; host: string; field: string; suggestion: string | undefined }>({
    en: {
      message: ({ key, host, field, suggestion }) =>
        `${key} names the host ${host} in \`${field}\`, and no Service of this platform has that name${didYouMean(suggestion)}`,
      remedy: () => 'Correct the name, or bind it with `needs` instead of writing it.',
    },
    ko: {
      message: ({ key, host, field, suggestion }) =>
        `${key} 의 \`${field}\` 에 있는 호스트 ${host} 이름을 가진 Service 가 플랫폼에 없습니다${maybeMeant(suggestion)}`,
      remedy: () => '이름을 고치거나, 직접 쓰지 말고 `needs` 로 연결하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  HOST_PORT_UNKNOWN: define<{ key: string; host: string; port: number; field: string; known: string }>({
    en: {
      message: ({ key, host, port, field }) =>
        `${key} reaches for ${host}:${port} in \`${field}\`, and that Service has no such port`,
      remedy: ({ known }) => `Use one of its ports: ${known}.`,
    },
    ko: {
      message: ({ key, host, port, field }) =>
        `${key} 의 \`${field}\` 에 있는 ${host}:${port} 은(는) 그 Service 에 없는 포트입니다`,
      remedy: ({ known }) => `그 Service 의 포트를 쓰십시오: ${known}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  BINDING_CUT: define<{ component: string; alias: string; provider: string; policy: string }>({
    en: {
      message: ({ component, alias, provider, policy }) =>
        `${component} needs \`${alias}\` from ${provider}, and ${policy} lets none of its pods through`,
      remedy: ({ component }) => `Allow the pods of ${component} in that policy.`,
    },
    ko: {
      message: ({ component, alias, provider, policy }) =>
        `${component} 은(는) ${provider} 의 \`${alias}\` 이(가) 필요한데 ${policy} 이(가) 그 파드를 모두 막습니다`,
      remedy: ({ component }) => `그 정책에서 ${component} 의 파드를 허용하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
};
