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
