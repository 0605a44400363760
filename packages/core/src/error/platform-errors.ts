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
};
