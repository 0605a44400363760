import type { Language } from '../error/language.ts';
import type { PodCause } from './pod-cause.ts';
import type { StatusReason } from './status.ts';

type Counted = Extract<StatusReason, { code: 'replicas' }>['of'];
type Plain = Exclude<StatusReason['code'], 'replicas' | 'job' | 'told'>;

const PLAIN: Record<Language, Record<Plain, string>> = {
  en: {
    ready: 'ready',
    absent: 'not there',
    deleting: 'being deleted',
    unobserved: 'its controller has not seen the change yet',
    unreported: 'its controller never reports',
    revising: 'moving to the new revision',
    unbound: 'the claim is not bound to a volume',
    'no-address': 'the load balancer has no address yet',
  },
  ko: {
    ready: '준비됨',
    absent: '없음',
    deleting: '삭제 중',
    unobserved: '컨트롤러가 아직 변경을 보지 못함',
    unreported: '컨트롤러가 보고하지 않음',
    revising: '새 리비전으로 이동 중',
    unbound: '클레임이 볼륨에 연결되지 않음',
    'no-address': '로드 밸런서에 아직 주소가 없음',
  },
};

const COUNTED: Record<Language, Record<Counted, string>> = {
  en: {
    created: 'created',
    updated: 'updated',
    ready: 'ready',
    available: 'available',
    scheduled: 'scheduled',
    terminating: 'still terminating',
  },
  ko: {
    created: '생성됨',
    updated: '갱신됨',
    ready: '준비됨',
    available: '사용 가능',
    scheduled: '배치됨',
    terminating: '아직 종료 중',
  },
};

/** A status reason as a person reads it. */
export function wordReason(reason: StatusReason, language: Language): string {
  if (reason.code === 'told') return reason.text;
  if (reason.code === 'job') {
    const { active, succeeded, failed } = reason;
    return language === 'en'
      ? `${active} active, ${succeeded} succeeded, ${failed} failed`
      : `실행 ${active}, 성공 ${succeeded}, 실패 ${failed}`;
  }
  if (reason.code === 'replicas') {
    const word = COUNTED[language][reason.of];
    if (reason.of === 'terminating') return language === 'en' ? `${reason.have} ${word}` : `${reason.have}개 ${word}`;
    return language === 'en'
      ? `${reason.have} of ${reason.want} ${word}`
      : `${reason.want}개 중 ${reason.have}개 ${word}`;
  }
  return PLAIN[language][reason.code];
}

/** Why a pod is not ready, in the words of whoever said so. */
export function wordCause({ pod, reason, message }: PodCause): string {
  return `${pod}: ${reason}${message === '' ? '' : `: ${message}`}`;
}
