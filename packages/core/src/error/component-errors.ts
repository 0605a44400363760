import { define } from './definition.ts';

/** What is wrong with a component by itself. */
export const COMPONENT_ERRORS = {
  COMPONENT_UNDESCRIBED: define<{ field: string }>({
    en: {
      message: ({ field }) => `\`${field}\` is missing, and nobody can tell what this is for`,
      remedy: ({ field }) => `Write \`${field}\` in English and Korean.`,
    },
    ko: {
      message: ({ field }) => `\`${field}\` 이(가) 없어 무엇에 쓰는지 알 수 없습니다`,
      remedy: ({ field }) => `\`${field}\` 을(를) 영어와 한국어로 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
};
