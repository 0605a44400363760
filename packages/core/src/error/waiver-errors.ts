import { define } from './definition.ts';

const FORM = '# naru:waive CODE until YYYY-MM-DD: reason';

/** What is wrong with a comment that takes a finding back. */
export const WAIVER_ERRORS = {
  WAIVER_MALFORMED: define<{ waiver: string }>({
    en: {
      message: ({ waiver }) => `this waiver cannot be read: ${waiver}`,
      remedy: () => `Write it as \`${FORM}\`.`,
    },
    ko: {
      message: ({ waiver }) => `이 면제 주석을 읽을 수 없습니다: ${waiver}`,
      remedy: () => `\`${FORM}\` 형식으로 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  WAIVER_EXPIRED: define<{ code: string; until: string }>({
    en: {
      message: ({ code, until }) => `the waiver of ${code} ended on ${until}`,
      remedy: () => 'Mend what it waived, or decide again and give it a new day.',
    },
    ko: {
      message: ({ code, until }) => `${code} 면제가 ${until} 에 끝났습니다`,
      remedy: () => '면제했던 것을 고치거나 다시 판단하여 새 날짜를 주십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  WAIVER_UNUSED: define<{ code: string }>({
    en: {
      message: ({ code }) => `this waiver of ${code} waives nothing`,
      remedy: () => 'Remove it, or move it right above the line that the finding names.',
    },
    ko: {
      message: ({ code }) => `이 ${code} 면제는 아무것도 면제하지 않습니다`,
      remedy: () => '지우거나, 발견 사항이 가리키는 줄 바로 위로 옮기십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
};
