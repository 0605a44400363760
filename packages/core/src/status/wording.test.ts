import { describe, expect, it } from 'vitest';
import type { StatusReason } from './status.ts';
import { wordCause, wordReason } from './wording.ts';

const plain = (
  ['ready', 'absent', 'deleting', 'unobserved', 'unreported', 'revising', 'unbound', 'no-address'] as const
).map((code): StatusReason => ({ code }));
const counted = (['created', 'updated', 'ready', 'available', 'scheduled', 'terminating'] as const).map(
  (of): StatusReason => ({ code: 'replicas', of, have: 1, want: 3 }),
);

describe('wordReason', () => {
  it.each([...plain, ...counted])('words %j in both languages', (reason) => {
    expect(wordReason(reason, 'en')).toMatch(/^[\x20-\x7e]+$/);
    expect(wordReason(reason, 'ko')).toMatch(/[가-힣]/);
    expect(wordReason(reason, 'ko')).not.toMatch(/undefined/);
  });

  it('words every reason differently', () => {
    for (const language of ['en', 'ko'] as const) {
      const said = [...plain, ...counted].map((reason) => wordReason(reason, language));
      expect(new Set(said).size).toBe(said.length);
    }
  });

  it('counts in the order of each language', () => {
    const job: StatusReason = { code: 'job', active: 1, succeeded: 2, failed: 3 };
    expect(counted.slice(0, 1).map((reason) => [wordReason(reason, 'en'), wordReason(reason, 'ko')])).toEqual([
      ['1 of 3 created', '3개 중 1개 생성됨'],
    ]);
    expect([wordReason(job, 'en'), wordReason(job, 'ko')]).toEqual([
      '1 active, 2 succeeded, 3 failed',
      '실행 1, 성공 2, 실패 3',
    ]);
  });

  it('repeats what a controller said as it is', () => {
    expect(wordReason({ code: 'told', text: 'quota exceeded' }, 'ko')).toBe('quota exceeded');
  });
});

describe('wordCause', () => {
  it('names the pod and the reason, and the message when there is one', () => {
    expect(wordCause({ pod: 'web-0', reason: 'OOMKilled', message: 'exit code 137' })).toBe(
      'web-0: OOMKilled: exit code 137',
    );
    expect(wordCause({ pod: 'web-0', reason: 'Waiting', message: '' })).toBe('web-0: Waiting');
  });
});
