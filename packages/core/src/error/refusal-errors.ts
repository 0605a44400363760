import { define } from './definition.ts';

/** A field, and who owns it or what is wrong with it. */
interface FieldCause {
  readonly field: string;
  readonly reason: string;
}

interface FieldOwner {
  readonly field: string;
  readonly manager: string;
}

const managers = (owners: readonly FieldOwner[]): string =>
  [...new Set(owners.map(({ manager }) => manager))].toSorted().join(', ');

const fields = (owners: readonly FieldOwner[]): string =>
  owners.map(({ field, manager }) => `${field} (${manager})`).join(', ');

const causesText = (causes: readonly FieldCause[]): string =>
  causes.map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`)).join('; ');

/** What an API server understood and refused. */
export const REFUSAL_ERRORS = {
  REQUEST_FORBIDDEN: define<{ user: string; verb: string; resource: string; namespace: string; reason: string }>({
    en: {
      message: ({ user, verb, resource, namespace }) =>
        `${user} may not ${verb} ${resource}${namespace === '' ? '' : ` in namespace ${namespace}`}`,
      remedy: ({ user, verb, resource }) => `Ask an administrator to let ${user} ${verb} ${resource} (RBAC).`,
    },
    ko: {
      message: ({ user, verb, resource, namespace }) =>
        `${user} 사용자에게 ${namespace === '' ? '' : `${namespace} 네임스페이스의 `}${resource} 에 대한 ${verb} 권한이 없습니다`,
      remedy: ({ user, verb, resource }) =>
        `${user} 사용자에게 ${resource} 에 대한 ${verb} 권한(RBAC)을 부여하도록 관리자에게 요청하십시오.`,
    },
    exitCode: 3,
    retry: 'never',
  }),
  ADMISSION_REFUSED: define<{ object: string; by: string; reason: string }>({
    en: {
      message: ({ object, by, reason }) => `${by} refuses ${object}: ${reason}`,
      remedy: ({ by }) => `Change the object so that ${by} accepts it, or ask who owns that rule.`,
    },
    ko: {
      message: ({ object, by, reason }) => `${by} 규칙이 ${object} 을(를) 거부했습니다: ${reason}`,
      remedy: ({ by }) => `${by} 규칙에 맞게 오브젝트를 고치거나, 규칙의 담당자에게 문의하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_MISSING: define<{ object: string }>({
    en: {
      message: ({ object }) => `${object} does not exist`,
      remedy: ({ object }) => `Create ${object} first, or correct its name.`,
    },
    ko: {
      message: ({ object }) => `${object} 이(가) 없습니다`,
      remedy: ({ object }) => `${object} 을(를) 먼저 만들거나 이름을 고치십시오.`,
    },
    exitCode: 3,
    retry: 'never',
  }),
  OBJECT_PRESENT: define<{ object: string }>({
    en: {
      message: ({ object }) => `${object} exists already`,
      remedy: ({ object }) => `Delete ${object}, or choose another name.`,
    },
    ko: {
      message: ({ object }) => `${object} 이(가) 이미 있습니다`,
      remedy: ({ object }) => `${object} 을(를) 삭제하거나 다른 이름을 쓰십시오.`,
    },
    exitCode: 3,
    retry: 'never',
  }),
  OBJECT_CHANGED: define<{ object: string; reason: string }>({
    en: {
      message: ({ object, reason }) => `${object} is not what it was when it was read: ${reason}`,
      remedy: () => 'Run the command again; it reads the present state first.',
    },
    ko: {
      message: ({ object, reason }) => `${object} 이(가) 읽은 뒤에 변경되었습니다: ${reason}`,
      remedy: () => '명령을 다시 실행하십시오. 현재 상태를 먼저 다시 읽습니다.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  FIELD_CONFLICTED: define<{ object: string; owners: readonly FieldOwner[] }>({
    en: {
      message: ({ object, owners }) => `others own fields of ${object}: ${fields(owners)}`,
      remedy: ({ owners }) => `Leave these fields to ${managers(owners)}, or have ${managers(owners)} give them up.`,
    },
    ko: {
      message: ({ object, owners }) => `${object} 의 필드를 다른 관리자가 소유하고 있습니다: ${fields(owners)}`,
      remedy: ({ owners }) =>
        `이 필드를 ${managers(owners)} 에 맡기거나, ${managers(owners)} 에서 소유를 포기하게 하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_INVALID: define<{ object: string; causes: readonly FieldCause[] }>({
    en: {
      message: ({ object, causes }) => `${object} is not valid: ${causesText(causes)}`,
      remedy: () => 'Correct the named fields.',
    },
    ko: {
      message: ({ object, causes }) => `${object} 이(가) 올바르지 않습니다: ${causesText(causes)}`,
      remedy: () => '표시된 필드를 고치십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  REQUEST_REFUSED: define<{ request: string; reason: string }>({
    en: {
      message: ({ request, reason }) => `the API server refuses ${request}: ${reason}`,
      remedy: () => 'Correct what the server names; it may also be too old or too new for this object.',
    },
    ko: {
      message: ({ request, reason }) => `API 서버가 ${request} 요청을 거부했습니다: ${reason}`,
      remedy: () => '서버가 지적한 내용을 고치십시오. 서버 버전이 이 오브젝트와 맞지 않을 수도 있습니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  KIND_UNSERVED: define<{ apiVersion: string; kind: string; server: string }>({
    en: {
      message: ({ apiVersion, kind, server }) => `${server} does not know the kind ${kind} of ${apiVersion}`,
      remedy: ({ kind }) => `Install the CustomResourceDefinition of ${kind} first, or correct apiVersion and kind.`,
    },
    ko: {
      message: ({ apiVersion, kind, server }) => `${server} 에 ${apiVersion} 의 ${kind} 종류가 없습니다`,
      remedy: ({ kind }) => `${kind} 의 CustomResourceDefinition 을 먼저 설치하거나 apiVersion 과 kind 를 고치십시오.`,
    },
    exitCode: 2,
    retry: 'backoff',
  }),
  VERSION_EXPIRED: define<{ request: string; reason: string }>({
    en: {
      message: ({ request, reason }) => `the state that ${request} goes on from is no longer kept: ${reason}`,
      remedy: () => 'Run the command again; it starts from the present state.',
    },
    ko: {
      message: ({ request, reason }) =>
        `${request} 요청의 기준이 되는 상태가 더 이상 보관되어 있지 않습니다: ${reason}`,
      remedy: () => '명령을 다시 실행하십시오. 현재 상태에서 다시 시작합니다.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
};
