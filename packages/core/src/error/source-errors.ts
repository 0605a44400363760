import { define } from './definition.ts';

/** Failures to get a chart from where it is published. */
export const SOURCE_ERRORS = {
  CHART_REFERENCE_INVALID: define<{ reference: string; reason: string }>({
    en: {
      message: ({ reference, reason }) => `${reference} does not name a chart: ${reason}`,
      remedy: () =>
        'Name a folder, a .tgz file, an https:// address of one, oci://HOST/PATH, or a chart of a repository with its address.',
    },
    ko: {
      message: ({ reference, reason }) => `${reference} 은(는) 차트를 가리키지 않습니다: ${reason}`,
      remedy: () =>
        '폴더, .tgz 파일, 그 https:// 주소, oci://HOST/PATH, 또는 저장소 주소와 함께 차트 이름을 지정하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_UNREACHABLE: define<{ address: string; reason: string }>({
    en: {
      message: ({ address, reason }) => `cannot read ${address}: ${reason}`,
      remedy: () =>
        'Check the address and the network, HTTPS_PROXY and NO_PROXY too, then run the command again; with `--offline` only what is in the cache is used.',
    },
    ko: {
      message: ({ address, reason }) => `${address} 을(를) 읽을 수 없습니다: ${reason}`,
      remedy: () =>
        '주소와 네트워크, HTTPS_PROXY 와 NO_PROXY 를 확인한 뒤 명령을 다시 실행하십시오. `--offline` 을 쓰면 캐시에 있는 것만 사용합니다.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CHART_SERVER_UNTRUSTED: define<{ address: string; reason: string }>({
    en: {
      message: ({ address, reason }) => `the certificate of ${address} cannot be trusted: ${reason}`,
      remedy: () => 'Give the authority that signed it with `--ca-file`, or add it to those of the operating system.',
    },
    ko: {
      message: ({ address, reason }) => `${address} 의 인증서를 신뢰할 수 없습니다: ${reason}`,
      remedy: () => '서명한 인증 기관을 `--ca-file` 로 지정하거나, 운영 체제의 인증 기관 목록에 추가하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  CHART_SERVER_MATERIAL_UNUSABLE: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `cannot use ${file} to talk to the server of a chart: ${reason}`,
      remedy: ({ file }) => `Check that ${file} exists, that you may read it and that it holds what its option says.`,
    },
    ko: {
      message: ({ file, reason }) => `차트 서버에 접속하는 데 ${file} 을(를) 사용할 수 없습니다: ${reason}`,
      remedy: ({ file }) => `${file} 파일이 있는지, 읽기 권한이 있는지, 옵션에 맞는 내용인지 확인하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  REGISTRY_DENIED: define<{ address: string; answered: number; identified: 'yes' | 'no' }>({
    en: {
      message: ({ address, answered, identified }) =>
        identified === 'yes'
          ? `${address} refuses these credentials (${answered})`
          : `${address} wants credentials (${answered})`,
      remedy: () =>
        'Give `--username` and `--password-stdin`, or log in with `helm registry login`; check that this user may read the chart.',
    },
    ko: {
      message: ({ address, answered, identified }) =>
        identified === 'yes'
          ? `${address} 에서 이 자격 증명을 거부했습니다 (${answered})`
          : `${address} 에 접근하려면 자격 증명이 필요합니다 (${answered})`,
      remedy: () =>
        '`--username` 과 `--password-stdin` 을 지정하거나 `helm registry login` 으로 로그인하고, 이 사용자가 차트를 읽을 수 있는지 확인하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  CHART_ABSENT: define<{ address: string }>({
    en: {
      message: ({ address }) => `there is nothing at ${address}`,
      remedy: () => 'Check the address, the name and the version of the chart.',
    },
    ko: {
      message: ({ address }) => `${address} 에 아무것도 없습니다`,
      remedy: () => '차트의 주소와 이름, 버전을 확인하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_ANSWER_INVALID: define<{ address: string; reason: string }>({
    en: {
      message: ({ address, reason }) => `${address} does not answer as a source of charts does: ${reason}`,
      remedy: () =>
        'Check that the address is a chart repository or registry, and that no login page stands before it.',
    },
    ko: {
      message: ({ address, reason }) => `${address} 의 응답이 차트 저장소의 응답이 아닙니다: ${reason}`,
      remedy: () => '주소가 차트 저장소 또는 레지스트리인지, 앞에 로그인 페이지가 있지 않은지 확인하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  CHART_TOO_LARGE: define<{ address: string; limitBytes: number }>({
    en: {
      message: ({ address, limitBytes }) => `${address} is larger than ${limitBytes} bytes`,
      remedy: () => 'Check the address; no chart and no index of charts needs that much.',
    },
    ko: {
      message: ({ address, limitBytes }) => `${address} 의 크기가 ${limitBytes} 바이트를 넘습니다`,
      remedy: () => '주소를 확인하십시오. 차트나 차트 색인은 그만큼 클 수 없습니다.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  CHART_UNKNOWN: define<{ chart: string; repository: string; similar: string }>({
    en: {
      message: ({ chart, repository }) => `the repository ${repository} has no chart ${chart}`,
      remedy: ({ similar }) => `Correct the name of the chart${similar === '' ? '' : `; similar ones: ${similar}`}.`,
    },
    ko: {
      message: ({ chart, repository }) => `저장소 ${repository} 에 ${chart} 차트가 없습니다`,
      remedy: ({ similar }) =>
        similar === '' ? '차트 이름을 고치십시오.' : `차트 이름을 고치십시오. 비슷한 이름: ${similar}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_VERSION_UNMATCHED: define<{ chart: string; version: string; source: string; nearest: string }>({
    en: {
      message: ({ chart, version, source }) => `${source} has no version of ${chart} that meets ${version}`,
      remedy: ({ nearest }) =>
        nearest === ''
          ? 'Name another chart; no version of this one is published.'
          : `Ask for another version; nearest: ${nearest}.`,
    },
    ko: {
      message: ({ chart, version, source }) => `${source} 에 ${version} 조건에 맞는 ${chart} 버전이 없습니다`,
      remedy: ({ nearest }) =>
        nearest === ''
          ? '다른 차트를 지정하십시오. 이 차트는 게시된 버전이 없습니다.'
          : `다른 버전을 지정하십시오. 가까운 버전: ${nearest}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_VERSION_INVALID: define<{ version: string; reason: string }>({
    en: {
      message: ({ version, reason }) => `${version} is neither a version nor a range of versions: ${reason}`,
      remedy: () => 'Write a version such as 1.2.3, or a range such as ^1.2 or ">=1.2 <2".',
    },
    ko: {
      message: ({ version, reason }) => `${version} 은(는) 버전도 버전 범위도 아닙니다: ${reason}`,
      remedy: () => '1.2.3 과 같은 버전이나 ^1.2, ">=1.2 <2" 와 같은 범위를 쓰십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_DIGEST_MISMATCHED: define<{ address: string; expected: string; actual: string }>({
    en: {
      message: ({ address, expected, actual }) => `${address} has the digest ${actual}, not ${expected}`,
      remedy: () =>
        'Do not use it: it was cut off on the way or replaced. Run the command again; when it stays, ask who publishes the chart.',
    },
    ko: {
      message: ({ address, expected, actual }) =>
        `${address} 의 다이제스트가 ${expected} 이(가) 아니라 ${actual} 입니다`,
      remedy: () =>
        '사용하지 마십시오. 전송 중에 잘렸거나 바뀐 것입니다. 명령을 다시 실행하고, 같은 결과이면 차트를 게시한 곳에 문의하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  CHART_LOCK_STALE: define<{ lock: string; chart: string }>({
    en: {
      message: ({ lock }) => `the lock file ${lock} is out of sync with the dependencies of the chart`,
      remedy: ({ chart }) => `Run \`naru chart deps ${chart} --update\` to choose versions anew.`,
    },
    ko: {
      message: ({ lock }) => `잠금 파일 ${lock} 이(가) 차트의 의존성과 맞지 않습니다`,
      remedy: ({ chart }) => `\`naru chart deps ${chart} --update\` 명령으로 버전을 다시 고르십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CHART_NOT_CACHED: define<{ address: string; command: string }>({
    en: {
      message: ({ address }) => `${address} is not in the cache, and \`--offline\` forbids asking for it`,
      remedy: ({ command }) =>
        `Run \`${command}\` where there is a network, and bring its cache folder (NARU_CACHE, else ~/.cache/naru) here.`,
    },
    ko: {
      message: ({ address }) => `${address} 이(가) 캐시에 없고, \`--offline\` 이므로 요청할 수 없습니다`,
      remedy: ({ command }) =>
        `네트워크가 있는 곳에서 \`${command}\` 명령을 실행하고, 그 캐시 폴더(NARU_CACHE, 없으면 ~/.cache/naru)를 가져오십시오.`,
    },
    exitCode: 3,
    retry: 'never',
  }),
  CHART_CACHE_UNUSABLE: define<{ folder: string; reason: string }>({
    en: {
      message: ({ folder, reason }) => `the cache of charts ${folder} cannot be used: ${reason}`,
      remedy: () => 'Set NARU_CACHE to a folder that you may write to and that has space.',
    },
    ko: {
      message: ({ folder, reason }) => `차트 캐시 ${folder} 을(를) 사용할 수 없습니다: ${reason}`,
      remedy: () => '쓰기 권한과 여유 공간이 있는 폴더를 NARU_CACHE 로 지정하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
};
