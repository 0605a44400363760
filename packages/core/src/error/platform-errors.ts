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
