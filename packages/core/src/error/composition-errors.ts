import { define, didYouMean, maybeMeant } from './definition.ts';

/** What is wrong with a platform as a whole. */
export const COMPOSITION_ERRORS = {
  COMPONENT_UNKNOWN: define<{ component: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ component, suggestion }) => `the catalog has no component \`${component}\`${didYouMean(suggestion)}`,
      remedy: ({ known }) => `Use one of: ${known}; or say \`component: ./folder\`, \`chart:\` or \`manifests:\`.`,
    },
    ko: {
      message: ({ component, suggestion }) =>
        `카탈로그에 컴포넌트 \`${component}\` 이(가) 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ known }) =>
        `다음 중 하나를 쓰거나 (${known}), \`component: ./폴더\`, \`chart:\`, \`manifests:\` 를 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_UNDECLARED: define<{ component: string; suggestion: string | undefined }>({
    en: {
      message: ({ component, suggestion }) =>
        `\`${component}\` is configured, and the platform does not declare it${didYouMean(suggestion)}`,
      remedy: ({ component }) => `Declare \`${component}\` in platform.yaml, or do not configure it.`,
    },
    ko: {
      message: ({ component, suggestion }) =>
        `플랫폼에 선언되지 않은 \`${component}\` 을(를) 설정했습니다${maybeMeant(suggestion)}`,
      remedy: ({ component }) => `platform.yaml 에 \`${component}\` 을(를) 선언하거나 설정을 지우십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_AFTER_UNKNOWN: define<{ component: string; after: string }>({
    en: {
      message: ({ component, after }) =>
        `${component} comes after \`${after}\`, which is not an enabled component of this platform`,
      remedy: () => 'Correct the name, or remove it from `after`.',
    },
    ko: {
      message: ({ component, after }) =>
        `${component} 의 after 에 있는 \`${after}\` 은(는) 이 플랫폼의 활성 컴포넌트가 아닙니다`,
      remedy: () => '이름을 고치거나 `after` 에서 지우십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_CYCLE: define<{ path: string }>({
    en: {
      message: ({ path }) => `these components wait for each other: ${path}`,
      remedy: () => 'Remove one `needs` or `after` of the circle.',
    },
    ko: {
      message: ({ path }) => `컴포넌트가 서로를 기다립니다: ${path}`,
      remedy: () => '고리를 이루는 `needs` 나 `after` 중 하나를 지우십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_NEED_UNMET: define<{ component: string; alias: string; capability: string; candidates: string }>({
    en: {
      message: ({ component, capability }) =>
        `${component} needs ${capability}, and nothing in this platform provides it`,
      remedy: ({ alias, candidates }) =>
        `Add a component that provides it (catalog: ${candidates}), or give \`needs.${alias}.external\` the outputs of one.`,
    },
    ko: {
      message: ({ component, capability }) =>
        `${component} 에 ${capability} 이(가) 필요하지만 이 플랫폼에는 제공하는 컴포넌트가 없습니다`,
      remedy: ({ alias, candidates }) =>
        `그것을 제공하는 컴포넌트를 추가하거나 (카탈로그: ${candidates}), \`needs.${alias}.external\` 에 출력값을 주십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_NEED_AMBIGUOUS: define<{ component: string; alias: string; capability: string; providers: string }>({
    en: {
      message: ({ component, capability, providers }) =>
        `${component} needs ${capability}, and several components provide it: ${providers}`,
      remedy: ({ alias }) => `Choose one with \`needs.${alias}.from\`.`,
    },
    ko: {
      message: ({ component, capability, providers }) =>
        `${component} 에 필요한 ${capability} 을(를) 여러 컴포넌트가 제공합니다: ${providers}`,
      remedy: ({ alias }) => `\`needs.${alias}.from\` 으로 하나를 고르십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_NEED_MISDIRECTED: define<{ component: string; alias: string; capability: string; from: string }>({
    en: {
      message: ({ component, capability, from }) =>
        `${component} takes ${capability} from \`${from}\`, which does not provide it`,
      remedy: ({ alias, capability }) => `Name a component that provides ${capability} in \`needs.${alias}.from\`.`,
    },
    ko: {
      message: ({ component, capability, from }) =>
        `${component} 이(가) ${capability} 을(를) \`${from}\` 에서 받으려 하지만 제공하지 않습니다`,
      remedy: ({ alias, capability }) =>
        `\`needs.${alias}.from\` 에 ${capability} 을(를) 제공하는 컴포넌트를 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_SOURCE_AMBIGUOUS: define<{ component: string }>({
    en: {
      message: ({ component }) => `${component} names more than one source`,
      remedy: () => 'Keep one of `component`, `chart` and `manifests`.',
    },
    ko: {
      message: ({ component }) => `${component} 에 소스가 둘 이상 지정되어 있습니다`,
      remedy: () => '`component`, `chart`, `manifests` 중 하나만 남기십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  COMPONENT_SOURCE_MISSING: define<{ component: string; source: string }>({
    en: {
      message: ({ component, source }) => `${component} points to ${source}, and nothing is there`,
      remedy: () => 'Correct the path; it is relative to the file that names it.',
    },
    ko: {
      message: ({ component, source }) => `${component} 이(가) 가리키는 ${source} 에 아무것도 없습니다`,
      remedy: () => '경로를 고치십시오. 경로는 그것을 적은 파일을 기준으로 합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  SETTING_UNKNOWN: define<{ component: string; setting: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ component, setting, suggestion }) =>
        `${component} has no setting \`${setting}\`${didYouMean(suggestion)}`,
      remedy: ({ known }) =>
        known === ''
          ? 'Set chart values under `values`; it has no settings.'
          : `Use one of: ${known}; or set chart values under \`values\`.`,
    },
    ko: {
      message: ({ component, setting, suggestion }) =>
        `${component} 에는 설정 \`${setting}\` 이(가) 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ known }) =>
        known === ''
          ? '설정이 없는 컴포넌트입니다. 차트 값은 `values` 아래에 쓰십시오.'
          : `다음 중 하나를 쓰거나 (${known}), 차트 값은 \`values\` 아래에 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SETTING_INVALID: define<{ component: string; setting: string; reasonEn: string; reasonKo: string }>({
    en: {
      message: ({ component, setting, reasonEn }) => `setting \`${setting}\` of ${component} is refused: ${reasonEn}`,
      remedy: () => 'Change the value to what the component describes.',
    },
    ko: {
      message: ({ component, setting, reasonKo }) =>
        `${component} 의 설정 \`${setting}\` 을(를) 거부합니다: ${reasonKo}`,
      remedy: () => '컴포넌트가 설명하는 값으로 바꾸십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  EXPRESSION_FAILED: define<{ expression: string; reason: string }>({
    en: {
      message: ({ expression, reason }) => `cannot evaluate ${expression}: ${reason}`,
      remedy: () => 'Expressions see platform, site, component, needs and secrets; correct the expression.',
    },
    ko: {
      message: ({ expression, reason }) => `${expression} 을(를) 계산할 수 없습니다: ${reason}`,
      remedy: () => '표현식은 platform, site, component, needs, secrets 를 볼 수 있습니다. 표현식을 고치십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_REFUSED: define<{
    component: string;
    messageEn: string;
    messageKo: string;
    remedyEn: string;
    remedyKo: string;
  }>({
    en: {
      message: ({ component, messageEn }) => `the chart of ${component} does not render: ${messageEn}`,
      remedy: ({ remedyEn }) => remedyEn,
    },
    ko: {
      message: ({ component, messageKo }) => `${component} 의 차트를 렌더링할 수 없습니다: ${messageKo}`,
      remedy: ({ remedyKo }) => remedyKo,
    },
    exitCode: 2,
    retry: 'never',
  }),
  HOOK_SKIPPED: define<{ component: string; key: string; events: string }>({
    en: {
      message: ({ component, key, events }) =>
        `${key} of ${component} is a Helm hook (${events}), and Naru does not run hooks yet`,
      remedy: () => 'Run it by hand if the component depends on it.',
    },
    ko: {
      message: ({ component, key, events }) =>
        `${component} 의 ${key} 은(는) Helm 훅(${events})이며 Naru 는 아직 훅을 실행하지 않습니다`,
      remedy: () => '컴포넌트가 의존한다면 직접 실행하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_DUPLICATED: define<{ key: string; component: string; other: string }>({
    en: {
      message: ({ key, component, other }) => `${component} and ${other} both define ${key}`,
      remedy: ({ key }) => `Delete one definition of ${key}, or rename it.`,
    },
    ko: {
      message: ({ key, component, other }) => `${component} 와(과) ${other} 이(가) 모두 ${key} 을(를) 정의합니다`,
      remedy: ({ key }) => `${key} 의 정의 하나를 지우거나 이름을 바꾸십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  OBJECT_MALFORMED: define<{ component: string; source: string; reason: string }>({
    en: {
      message: ({ component, source, reason }) =>
        `${component} makes something that is not a Kubernetes object in ${source}: ${reason}`,
      remedy: () => 'Correct the template or manifest: it needs apiVersion, kind and metadata.name.',
    },
    ko: {
      message: ({ component, source, reason }) =>
        `${component} 의 ${source} 에 쿠버네티스 오브젝트가 아닌 것이 있습니다: ${reason}`,
      remedy: () => '템플릿이나 매니페스트를 고치십시오. apiVersion, kind, metadata.name 이 필요합니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  KUBERNETES_UNSUPPORTED: define<{ version: string; range: string }>({
    en: {
      message: ({ version, range }) => `the site runs Kubernetes ${version}, and the platform asks for ${range}`,
      remedy: () => "Change the site's version, or widen `spec.kubernetes`.",
    },
    ko: {
      message: ({ version, range }) =>
        `사이트의 쿠버네티스 버전 ${version} 이(가) 플랫폼이 요구하는 ${range} 을(를) 벗어납니다`,
      remedy: () => '사이트의 버전을 바꾸거나 `spec.kubernetes` 범위를 넓히십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
};
