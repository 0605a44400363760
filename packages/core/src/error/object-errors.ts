import { define, didYouMean, maybeMeant } from './definition.ts';
import { typeIn, type TypeWord } from './type-words.ts';

/** What is wrong with an object of a platform, seen without a cluster. */
export const OBJECT_ERRORS = {
  VALUE_UNREAD: define<{ component: string; value: string; suggestion: string | undefined }>({
    en: {
      message: ({ component, value, suggestion }) =>
        `no template of ${component} reads the value \`${value}\`${didYouMean(suggestion)}`,
      remedy: () => 'Correct its name, or remove it: it changes nothing.',
    },
    ko: {
      message: ({ component, value, suggestion }) =>
        `${component} 의 어떤 템플릿도 값 \`${value}\` 을(를) 읽지 않습니다${maybeMeant(suggestion)}`,
      remedy: () => '이름을 고치거나 지우십시오. 이 값은 아무것도 바꾸지 않습니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  API_REMOVED: define<{ key: string; apiVersion: string; minor: string; instead: string }>({
    en: {
      message: ({ key, apiVersion, minor }) => `Kubernetes ${minor} does not serve ${apiVersion} of ${key}`,
      remedy: ({ instead }) =>
        instead === ''
          ? 'Remove the object, or take a version of the chart made for that Kubernetes.'
          : `Use ${instead}.`,
    },
    ko: {
      message: ({ key, apiVersion, minor }) =>
        `쿠버네티스 ${minor} 은(는) ${key} 의 ${apiVersion} 을(를) 제공하지 않습니다`,
      remedy: ({ instead }) =>
        instead === ''
          ? '오브젝트를 지우거나 그 쿠버네티스에 맞는 차트 버전을 쓰십시오.'
          : `${instead} 을(를) 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  API_ENDING: define<{ key: string; apiVersion: string; until: string; instead: string }>({
    en: {
      message: ({ key, apiVersion, until }) => `${apiVersion} of ${key} ends with Kubernetes ${until}`,
      remedy: ({ instead }) =>
        instead === ''
          ? 'Look for a newer version of the chart before the next upgrade of Kubernetes.'
          : `Use ${instead}.`,
    },
    ko: {
      message: ({ key, apiVersion, until }) => `${key} 의 ${apiVersion} 은(는) 쿠버네티스 ${until} 까지만 있습니다`,
      remedy: ({ instead }) =>
        instead === '' ? '쿠버네티스를 올리기 전에 더 새로운 차트 버전을 찾으십시오.' : `${instead} 을(를) 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_FIELD_UNKNOWN: define<{ key: string; field: string; suggestion: string | undefined; source: string }>({
    en: {
      message: ({ key, field, suggestion, source }) =>
        `${key} (${source}) has a field that Kubernetes does not know: \`${field}\`${didYouMean(suggestion)}`,
      remedy: () => 'Correct the name of the field or where it stands; the API server refuses the object.',
    },
    ko: {
      message: ({ key, field, suggestion, source }) =>
        `${key} (${source}) 에 쿠버네티스가 모르는 필드 \`${field}\` 이(가) 있습니다${maybeMeant(suggestion)}`,
      remedy: () => '필드의 이름이나 위치를 고치십시오. API 서버가 이 오브젝트를 거부합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_FIELD_MISTYPED: define<{ key: string; field: string; expected: TypeWord; found: TypeWord; source: string }>({
    en: {
      message: ({ key, field, expected, found, source }) =>
        `\`${field}\` of ${key} (${source}) must be ${typeIn('en', expected)}, and is ${typeIn('en', found)}`,
      remedy: ({ expected }) =>
        expected === 'string' ? 'Quote the value, for example with `| quote`.' : `Write ${typeIn('en', expected)}.`,
    },
    ko: {
      message: ({ key, field, expected, found, source }) =>
        `${key} (${source}) 의 \`${field}\` 에는 ${typeIn('ko', expected)} 형식이 필요한데 ${typeIn('ko', found)} 형식이 있습니다`,
      remedy: ({ expected }) =>
        expected === 'string'
          ? '값을 따옴표로 감싸십시오. 예: `| quote`.'
          : `${typeIn('ko', expected)} 형식으로 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_FIELD_MISSING: define<{ key: string; field: string; source: string }>({
    en: {
      message: ({ key, field, source }) => `${key} (${source}) lacks the required field \`${field}\``,
      remedy: ({ field }) => `Give \`${field}\`; the API server refuses the object without it.`,
    },
    ko: {
      message: ({ key, field, source }) => `${key} (${source}) 에 꼭 필요한 필드 \`${field}\` 이(가) 없습니다`,
      remedy: ({ field }) => `\`${field}\` 을(를) 쓰십시오. 없으면 API 서버가 이 오브젝트를 거부합니다.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_ENTRY_DUPLICATED: define<{ key: string; field: string; entry: string; source: string }>({
    en: {
      message: ({ key, field, entry, source }) => `\`${field}\` of ${key} (${source}) has two entries with ${entry}`,
      remedy: () => 'Keep one of them; server-side apply refuses both.',
    },
    ko: {
      message: ({ key, field, entry, source }) =>
        `${key} (${source}) 의 \`${field}\` 에 ${entry} 인 항목이 두 개 있습니다`,
      remedy: () => '하나만 남기십시오. 서버 측 적용은 둘 다 거부합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  DEFINITION_MISSING: define<{ key: string; apiVersion: string }>({
    en: {
      message: ({ key, apiVersion }) => `${key} is of ${apiVersion}, and nothing in this platform defines that`,
      remedy: () => 'Add the component that brings the CustomResourceDefinition, or make sure that the cluster has it.',
    },
    ko: {
      message: ({ key, apiVersion }) => `${key} 의 ${apiVersion} 을(를) 정의하는 것이 플랫폼에 없습니다`,
      remedy: () => 'CustomResourceDefinition 을 가져오는 컴포넌트를 더하거나 클러스터에 이미 있는지 확인하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  RESOURCE_INVALID: define<{ key: string; field: string; reason: string; reasonKo: string }>({
    en: {
      message: ({ key, field, reason }) => `\`${field}\` of ${key} does not fit its definition: ${reason}`,
      remedy: () => 'Correct the field; the API server refuses the object.',
    },
    ko: {
      message: ({ key, field, reasonKo }) => `${key} 의 \`${field}\` 이(가) 정의에 맞지 않습니다: ${reasonKo}`,
      remedy: () => '필드를 고치십시오. API 서버가 이 오브젝트를 거부합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  IMAGE_UNPINNED: define<{ key: string; image: string }>({
    en: {
      message: ({ key, image }) => `${key} runs ${image}, which is another image tomorrow`,
      remedy: () => 'Give the image a version as its tag, or a digest.',
    },
    ko: {
      message: ({ key, image }) => `${key} 이(가) 쓰는 ${image} 은(는) 내일이면 다른 이미지일 수 있습니다`,
      remedy: () => '이미지에 버전 태그나 다이제스트를 지정하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  IMAGE_FORBIDDEN: define<{ key: string; image: string; allowed: string }>({
    en: {
      message: ({ key, image }) => `${key} runs ${image}, and the site does not allow where that comes from`,
      remedy: ({ allowed }) => `Take it from one of: ${allowed}; or map it there with \`registry.rewrite\`.`,
    },
    ko: {
      message: ({ key, image }) => `${key} 이(가) 쓰는 ${image} 의 출처를 이 사이트가 허용하지 않습니다`,
      remedy: ({ allowed }) => `다음 중 하나에서 가져오거나 \`registry.rewrite\` 로 옮기십시오: ${allowed}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
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
  QUANTITY_INVALID: define<{ key: string; field: string; value: string }>({
    en: {
      message: ({ key, field, value }) => `\`${field}\` of ${key} is no quantity: ${value}`,
      remedy: () => 'Write a number with one of the suffixes m, k, M, G, T, Ki, Mi, Gi, Ti.',
    },
    ko: {
      message: ({ key, field, value }) => `${key} 의 \`${field}\` 은(는) 올바른 양이 아닙니다: ${value}`,
      remedy: () => '숫자 뒤에 m, k, M, G, T, Ki, Mi, Gi, Ti 중 하나를 붙여 쓰십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  QUANTITY_SUSPICIOUS: define<{ key: string; field: string; value: string; meant: string }>({
    en: {
      message: ({ key, field, value }) => `\`${field}\` of ${key} is ${value}, which can hardly be meant`,
      remedy: ({ meant }) => `Write ${meant} if that is meant.`,
    },
    ko: {
      message: ({ key, field, value }) => `${key} 의 \`${field}\` 값 ${value} 은(는) 의도한 값이 아닌 것 같습니다`,
      remedy: ({ meant }) => `${meant} 을(를) 뜻했다면 그렇게 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  LIMIT_UNDER_REQUEST: define<{ key: string; field: string; limit: string; request: string }>({
    en: {
      message: ({ key, field, limit, request }) =>
        `\`${field}\` of ${key} requests ${request} and limits it to ${limit}`,
      remedy: () => 'Raise the limit or lower the request; the API server refuses the object.',
    },
    ko: {
      message: ({ key, field, limit, request }) =>
        `${key} 의 \`${field}\` 이(가) ${request} 을(를) 요청하면서 한도를 ${limit} 로 둡니다`,
      remedy: () => '한도를 올리거나 요청을 낮추십시오. API 서버가 이 오브젝트를 거부합니다.',
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
  SECRET_CLEARTEXT: define<{ field: string }>({
    en: {
      message: ({ field }) => `\`${field}\` looks like a secret, and stands here for everybody to read`,
      remedy: () => 'Leave it out if the chart can generate it, or refer to an existing Secret.',
    },
    ko: {
      message: ({ field }) => `\`${field}\` 은(는) 비밀로 보이는데 누구나 읽을 수 있게 쓰여 있습니다`,
      remedy: () => '차트가 생성할 수 있으면 지우고, 아니면 이미 있는 Secret 을 가리키십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
};
