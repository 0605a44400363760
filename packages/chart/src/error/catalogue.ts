import { define } from './definition.ts';
import type { ChartErrorDefinition } from './definition.ts';

interface Reason {
  readonly reason: string;
}

const reason = ({ reason: text }: Reason): string => text;

/** Every way in which a chart can be refused. `docs/reference/errors.md` is generated from this table too. */
export const CHART_ERRORS = {
  CHART_INVALID: define<Reason>(
    {
      message: reason,
      remedy: () => 'Correct the chart: `Chart.yaml` needs `apiVersion`, `name` and a semantic `version`.',
    },
    {
      message: ({ reason: text }) => `차트가 올바르지 않습니다: ${text}`,
      remedy: () =>
        '차트를 고치십시오. `Chart.yaml` 에는 `apiVersion`, `name`, 시맨틱 버전인 `version` 이 있어야 합니다.',
    },
  ),
  CHART_ARCHIVE_INVALID: define<Reason>(
    {
      message: reason,
      remedy: () => 'Fetch or pack the chart anew; a packed chart is a `.tgz` with one folder that holds `Chart.yaml`.',
    },
    {
      message: ({ reason: text }) => `압축된 차트를 풀 수 없습니다: ${text}`,
      remedy: () =>
        '차트를 다시 받거나 다시 압축하십시오. 압축된 차트는 `Chart.yaml` 이 든 폴더 하나를 담은 `.tgz` 입니다.',
    },
  ),
  CHART_DEPENDENCY_MISSING: define<{ names: string }>(
    {
      message: ({ names }) =>
        `an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${names}`,
      remedy: () =>
        'Put the charts that `Chart.yaml` lists into `charts/`, as `naru chart deps` does, or remove them from `dependencies`.',
    },
    {
      message: ({ names }) => `Chart.yaml 에 있으나 charts/ 폴더에 없는 차트입니다: ${names}`,
      remedy: () =>
        '`naru chart deps` 명령으로 `Chart.yaml` 에 적힌 차트를 `charts/` 에 넣거나, `dependencies` 에서 지우십시오.',
    },
  ),
  CHART_VERSION_UNSUPPORTED: define<{ constraint: string; version: string }>(
    {
      message: ({ constraint, version }) =>
        `chart requires kubeVersion: ${constraint} which is incompatible with Kubernetes ${version}`,
      remedy: () => 'Choose a Kubernetes version that the chart supports, or another version of the chart.',
    },
    {
      message: ({ constraint, version }) =>
        `차트가 요구하는 kubeVersion(${constraint})은 Kubernetes ${version} 과(와) 맞지 않습니다`,
      remedy: () => '차트가 지원하는 Kubernetes 버전이나 다른 버전의 차트를 고르십시오.',
    },
  ),
  CHART_NOT_INSTALLABLE: define<{ type: string }>(
    {
      message: ({ type }) => `${type} charts are not installable`,
      remedy: () => 'Render a chart that lists this one among its `dependencies`; a library has nothing of its own.',
    },
    {
      message: ({ type }) => `${type} 차트는 설치할 수 없습니다`,
      remedy: () => '이 차트를 `dependencies` 에 적은 차트를 렌더링하십시오. 라이브러리에는 자체 오브젝트가 없습니다.',
    },
  ),
  TEMPLATE_INVALID: define<Reason>(
    { message: reason, remedy: () => 'Correct the template at this place.' },
    {
      message: ({ reason: text }) => `템플릿 문법이 올바르지 않습니다: ${text}`,
      remedy: () => '이 위치의 템플릿을 고치십시오.',
    },
  ),
  TEMPLATE_FAILED: define<Reason>(
    { message: reason, remedy: () => 'Correct the values that this template reads, or the template itself.' },
    {
      message: ({ reason: text }) => `템플릿을 실행하지 못했습니다: ${text}`,
      remedy: () => '이 템플릿이 읽는 값이나 템플릿을 고치십시오.',
    },
  ),
  TEMPLATE_LIMIT_EXCEEDED: define<{ what: string; limit: number }>(
    {
      message: ({ what, limit }) => `the template exceeds the limit of ${limit} ${what}`,
      remedy: () => 'Look for a template that includes itself or a range without an end.',
    },
    {
      message: ({ what, limit }) => `템플릿이 한도를 넘었습니다 (${limit} ${what})`,
      remedy: () => '자기 자신을 부르는 템플릿이나 끝나지 않는 range 가 있는지 확인하십시오.',
    },
  ),
  STACK_EXHAUSTED: define<{ file: string }>(
    {
      message: ({ file }) => `${file} nests calls, branches or values deeper than the stack allows`,
      remedy: () => 'Look for a template that includes itself or a map that contains itself, or nest less deeply.',
    },
    {
      message: ({ file }) => `${file} 의 호출·분기·값이 스택이 허용하는 것보다 깊게 중첩되었습니다`,
      remedy: () => '자기 자신을 부르는 템플릿이나 자기 자신을 담은 맵이 있는지 확인하고, 중첩을 줄이십시오.',
    },
  ),
  MANIFEST_INVALID: define<Reason>(
    { message: reason, remedy: () => 'Render the template alone and look at its indentation.' },
    {
      message: ({ reason: text }) => `렌더링된 매니페스트를 YAML 로 읽을 수 없습니다: ${text}`,
      remedy: () => '해당 템플릿만 렌더링하여 들여쓰기를 확인하십시오.',
    },
  ),
  VALUES_INVALID: define<Reason>(
    { message: reason, remedy: () => 'Correct the values at this place.' },
    {
      message: ({ reason: text }) => `값이 올바르지 않습니다: ${text}`,
      remedy: () => '이 위치의 값을 고치십시오.',
    },
  ),
  VALUES_UNMATCHED: define<{ problems: string }>(
    {
      message: ({ problems }) =>
        `values don't meet the specifications of the schema(s) in the following chart(s):\n${problems}`,
      remedy: () => 'Correct these values; the chart says in `values.schema.json` what it takes.',
    },
    {
      message: ({ problems }) => `값이 다음 차트의 스키마에 맞지 않습니다:\n${problems}`,
      remedy: () => '해당 값을 고치십시오. 차트가 받는 값은 `values.schema.json` 에 적혀 있습니다.',
    },
  ),
  RELEASE_NAME_INVALID: define<Reason>(
    { message: reason, remedy: () => 'Choose a name of at most 53 lower-case letters, digits, `-` and `.`.' },
    {
      message: ({ reason: text }) => `릴리스 이름이 올바르지 않습니다: ${text}`,
      remedy: () => '소문자, 숫자, `-`, `.` 로 된 53자 이하의 이름을 고르십시오.',
    },
  ),
  YAML_INVALID: define<Reason>(
    { message: reason, remedy: () => 'Correct the YAML at this place.' },
    {
      message: ({ reason: text }) => `YAML 문법이 올바르지 않습니다: ${text}`,
      remedy: () => '이 위치의 YAML 을 고치십시오.',
    },
  ),
  YAML_TOO_LARGE: define<{ what: string; limit: number }>(
    {
      message: ({ what, limit }) => `the YAML text exceeds the limit of ${limit} ${what}`,
      remedy: () => 'Split the file, or remove aliases that multiply its content.',
    },
    {
      message: ({ what, limit }) => `YAML 이 한도를 넘었습니다 (${limit} ${what})`,
      remedy: () => '파일을 나누거나, 내용을 불리는 별칭(alias)을 없애십시오.',
    },
  ),
};

export type ChartErrorCode = keyof typeof CHART_ERRORS;

/** What an error of code `C` must be told to be worded. */
export type ChartErrorDetails<C extends ChartErrorCode> =
  (typeof CHART_ERRORS)[C] extends ChartErrorDefinition<infer D> ? D : never;

/** The row of the table for `code`, typed for its details. */
export function chartErrorDefinition<C extends ChartErrorCode>(code: C): ChartErrorDefinition<ChartErrorDetails<C>> {
  // TypeScript cannot see that a row and its details belong together; the detail type says it.
  const table: Record<ChartErrorCode, unknown> = CHART_ERRORS;
  return table[code] as ChartErrorDefinition<ChartErrorDetails<C>>;
}
