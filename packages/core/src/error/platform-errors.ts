import { define, didYouMean, maybeMeant } from './definition.ts';

/** What is wrong with parts that a platform names: paths, sizes, profiles, secrets, outputs. */
export const PLATFORM_ERRORS = {
  PATH_UNKNOWN: define<{ path: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ path, suggestion }) => `nothing is set at \`${path}\`${didYouMean(suggestion)}`,
      remedy: ({ known }) => `Use one of: ${known}; a dot within a key is written \`\\.\`.`,
    },
    ko: {
      message: ({ path, suggestion }) => `\`${path}\` 에는 설정된 값이 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ known }) => `다음 중 하나를 쓰십시오: ${known}. 키 안의 점은 \`\\.\` 로 씁니다.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  PROFILE_UNKNOWN: define<{ profile: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ profile, suggestion }) => `there is no profile \`${profile}\`${didYouMean(suggestion)}`,
      remedy: ({ profile, known }) =>
        known === ''
          ? `Write profiles/${profile}.yaml, or remove the name.`
          : `Use one of: ${known}; or write profiles/${profile}.yaml.`,
    },
    ko: {
      message: ({ profile, suggestion }) => `프로필 \`${profile}\` 이(가) 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ profile, known }) =>
        known === ''
          ? `profiles/${profile}.yaml 을 만들거나 이름을 지우십시오.`
          : `다음 중 하나를 쓰거나 (${known}), profiles/${profile}.yaml 을 만드십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  PROFILE_CYCLE: define<{ path: string }>({
    en: {
      message: ({ path }) => `these profiles build on each other: ${path}`,
      remedy: () => 'Remove one name from `extends` of the circle.',
    },
    ko: {
      message: ({ path }) => `프로필이 서로를 바탕으로 합니다: ${path}`,
      remedy: () => '고리를 이루는 `extends` 중 이름 하나를 지우십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  OUTPUT_INVALID: define<{ component: string; capability: string; reasonEn: string; reasonKo: string }>({
    en: {
      message: ({ component, capability, reasonEn }) =>
        `the outputs of ${capability} for ${component} are refused: ${reasonEn}`,
      remedy: ({ capability }) => `Give the outputs that the reference of capabilities lists for ${capability}.`,
    },
    ko: {
      message: ({ component, capability, reasonKo }) =>
        `${component} 에서 ${capability} 의 출력값을 거부합니다: ${reasonKo}`,
      remedy: ({ capability }) => `레퍼런스의 capability 목록에 있는 ${capability} 의 출력값을 주십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CAPABILITY_TAKEN: define<{ capability: string }>({
    en: {
      message: ({ capability }) => `${capability} is a word of the vocabulary, and cannot mean something else here`,
      remedy: () => 'Choose another name, or remove the entry to use the one that is there.',
    },
    ko: {
      message: ({ capability }) => `${capability} 은(는) 이미 정해진 이름이라 다른 뜻으로 쓸 수 없습니다`,
      remedy: () => '다른 이름을 고르거나, 이 항목을 지우고 정해진 것을 쓰십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  PROXY_NETWORK_UNKNOWN: define<{ missing: string }>({
    en: {
      message: ({ missing }) => `there is a proxy, and the site does not say its networks: ${missing}`,
      remedy: ({ missing }) => `Write ${missing} under \`network\`, so that pods reach their own cluster directly.`,
    },
    ko: {
      message: ({ missing }) => `프록시가 있는데 사이트의 네트워크 정보가 없습니다: ${missing}`,
      remedy: ({ missing }) => `파드가 클러스터 내부에 직접 닿도록 \`network\` 아래에 ${missing} 을(를) 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SECRET_SOURCE_AMBIGUOUS: define<{ secret: string }>({
    en: {
      message: ({ secret }) => `the secret \`${secret}\` does not say in one way where it comes from`,
      remedy: () =>
        'Keep one of `generate`, `fromEnv` and `fromFile`; and in `generate` a text, an `authority` or a `certificate`.',
    },
    ko: {
      message: ({ secret }) => `시크릿 \`${secret}\` 의 출처가 하나로 정해지지 않았습니다`,
      remedy: () =>
        '`generate`, `fromEnv`, `fromFile` 중 하나만 쓰고, `generate` 안에는 텍스트, `authority`, `certificate` 중 하나만 쓰십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  SECRET_AUTHORITY_UNKNOWN: define<{ secret: string; authority: string }>({
    en: {
      message: ({ secret, authority }) =>
        `\`${secret}\` is signed by \`${authority}\`, which is no authority of this platform`,
      remedy: ({ authority }) => `Declare \`${authority}\` under \`secrets\` with \`generate: { authority: {} }\`.`,
    },
    ko: {
      message: ({ secret, authority }) =>
        `\`${secret}\` 에 서명할 \`${authority}\` 이(가) 이 플랫폼의 인증 기관이 아닙니다`,
      remedy: ({ authority }) =>
        `\`secrets\` 아래에 \`${authority}\` 을(를) \`generate: { authority: {} }\` 로 선언하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SECRET_UNKNOWN: define<{ component: string; secret: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ component, secret, suggestion }) =>
        `${component} gets the secret \`${secret}\`, which the platform does not declare${didYouMean(suggestion)}`,
      remedy: ({ secret, known }) =>
        known === ''
          ? `Declare \`${secret}\` under \`secrets\`.`
          : `Use one of: ${known}; or declare \`${secret}\` under \`secrets\`.`,
    },
    ko: {
      message: ({ component, secret, suggestion }) =>
        `${component} 에 줄 시크릿 \`${secret}\` 이(가) 플랫폼에 선언되어 있지 않습니다${maybeMeant(suggestion)}`,
      remedy: ({ secret, known }) =>
        known === ''
          ? `\`secrets\` 아래에 \`${secret}\` 을(를) 선언하십시오.`
          : `다음 중 하나를 쓰거나 (${known}), \`secrets\` 아래에 \`${secret}\` 을(를) 선언하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SECRET_UNSET: define<{ secret: string; variable: string }>({
    en: {
      message: ({ secret, variable }) =>
        `the secret \`${secret}\` comes from ${variable}, and this variable is not set`,
      remedy: ({ variable }) => `Set ${variable} for the command, and try again.`,
    },
    ko: {
      message: ({ secret, variable }) =>
        `시크릿 \`${secret}\` 은(는) ${variable} 에서 오는데 이 변수가 설정되어 있지 않습니다`,
      remedy: ({ variable }) => `${variable} 을(를) 설정하고 명령을 다시 실행하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SIZE_UNKNOWN: define<{ component: string; size: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ component, size, suggestion }) => `${component} has no size \`${size}\`${didYouMean(suggestion)}`,
      remedy: ({ component, known }) =>
        known === ''
          ? 'Remove `size`; the component has no sizes.'
          : `Use one of: ${known}; for ${component} alone under \`components.${component}.size\`.`,
    },
    ko: {
      message: ({ component, size, suggestion }) =>
        `${component} 에는 크기 \`${size}\` 이(가) 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ component, known }) =>
        known === ''
          ? '`size` 를 지우십시오. 이 컴포넌트에는 크기가 없습니다.'
          : `다음 중 하나를 쓰십시오: ${known}. ${component} 에만 쓰려면 \`components.${component}.size\` 에 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
};
