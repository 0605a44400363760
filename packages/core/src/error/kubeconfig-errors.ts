import { define } from './definition.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? '-' : names.join(', '));

/** Failures to find out which cluster is meant and who asks. */
export const KUBECONFIG_ERRORS = {
  KUBECONFIG_MISSING: define<{ looked: readonly string[] }>({
    en: {
      message: ({ looked }) => `no kubeconfig was found (looked at ${list(looked)})`,
      remedy: () => 'Name the file with --kubeconfig or with the variable KUBECONFIG.',
    },
    ko: {
      message: ({ looked }) => `kubeconfig 를 찾을 수 없습니다 (찾아본 곳: ${list(looked)})`,
      remedy: () => '--kubeconfig 옵션이나 KUBECONFIG 환경 변수로 파일을 지정하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  KUBECONFIG_UNREADABLE: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `cannot read the kubeconfig ${file}: ${reason}`,
      remedy: ({ file }) => `Check that ${file} exists and that you may read it.`,
    },
    ko: {
      message: ({ file, reason }) => `kubeconfig ${file} 파일을 읽을 수 없습니다: ${reason}`,
      remedy: ({ file }) => `${file} 파일이 있는지, 읽기 권한이 있는지 확인하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  KUBECONFIG_MALFORMED: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `${file} is not a valid kubeconfig: ${reason}`,
      remedy: () => 'Correct the named place, or write the file anew with the tool that made it.',
    },
    ko: {
      message: ({ file, reason }) => `${file} 은(는) 올바른 kubeconfig 가 아닙니다: ${reason}`,
      remedy: () => '표시된 위치를 고치거나, 파일을 만든 도구로 다시 생성하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  CONTEXT_UNKNOWN: define<{ context: string; known: readonly string[] }>({
    en: {
      message: ({ context }) => `the kubeconfig has no context ${context}`,
      remedy: ({ known }) => `Name one of these contexts: ${list(known)}.`,
    },
    ko: {
      message: ({ context }) => `kubeconfig 에 ${context} 컨텍스트가 없습니다`,
      remedy: ({ known }) => `다음 컨텍스트 중 하나를 지정하십시오: ${list(known)}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CONTEXT_UNSET: define<{ known: readonly string[] }>({
    en: {
      message: () => 'the kubeconfig has no current context and none was named',
      remedy: ({ known }) => `Name one of these contexts with --context: ${list(known)}.`,
    },
    ko: {
      message: () => 'kubeconfig 에 현재 컨텍스트가 없고, 지정된 컨텍스트도 없습니다',
      remedy: ({ known }) => `--context 옵션으로 다음 컨텍스트 중 하나를 지정하십시오: ${list(known)}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CONTEXT_INCOMPLETE: define<{ context: string; missing: string }>({
    en: {
      message: ({ context, missing }) => `context ${context} needs ${missing}, which the kubeconfig does not have`,
      remedy: ({ missing }) => `Add ${missing} to the kubeconfig, or name another context.`,
    },
    ko: {
      message: ({ context, missing }) => `${context} 컨텍스트에 필요한 ${missing} 항목이 kubeconfig 에 없습니다`,
      remedy: ({ missing }) => `kubeconfig 에 ${missing} 항목을 추가하거나, 다른 컨텍스트를 지정하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CREDENTIAL_UNREADABLE: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `cannot use ${file}, which the kubeconfig names: ${reason}`,
      remedy: ({ file }) => `Check that ${file} exists, that you may read it and that it holds what its name says.`,
    },
    ko: {
      message: ({ file, reason }) => `kubeconfig 에 지정된 ${file} 을(를) 사용할 수 없습니다: ${reason}`,
      remedy: ({ file }) => `${file} 파일이 있는지, 읽기 권한이 있는지, 내용이 올바른지 확인하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CREDENTIAL_PLUGIN_FAILED: define<{ command: string; reason: string; hint: string }>({
    en: {
      message: ({ command, reason }) => `the credential plugin ${command} failed: ${reason}`,
      remedy: ({ command, hint }) => (hint === '' ? `Run ${command} by hand, for example to log in again.` : hint),
    },
    ko: {
      message: ({ command, reason }) => `인증 플러그인 ${command} 실행에 실패했습니다: ${reason}`,
      remedy: ({ command, hint }) =>
        hint === '' ? `${command} 명령을 직접 실행하여 다시 로그인하는 등 원인을 확인하십시오.` : hint,
    },
    exitCode: 3,
    retry: 'never',
  }),
  CREDENTIAL_REFUSED: define<{ server: string; reason: string }>({
    en: {
      message: ({ server, reason }) => `${server} does not accept the credentials: ${reason}`,
      remedy: () => 'Log in again, or get new credentials for this kubeconfig context.',
    },
    ko: {
      message: ({ server, reason }) => `${server} 에서 인증 정보를 거부했습니다: ${reason}`,
      remedy: () => '다시 로그인하거나, 이 kubeconfig 컨텍스트의 인증 정보를 새로 발급받으십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  TOKEN_EXPIRED: define<{ server: string; expiredAt: string }>({
    en: {
      message: ({ server, expiredAt }) => `the token for ${server} expired at ${expiredAt}`,
      remedy: () => 'Log in again, or put a new token into the kubeconfig.',
    },
    ko: {
      message: ({ server, expiredAt }) => `${server} 의 토큰이 ${expiredAt} 에 만료되었습니다`,
      remedy: () => '다시 로그인하거나, kubeconfig 에 새 토큰을 넣으십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  PROXY_MALFORMED: define<{ variable: string }>({
    en: {
      message: ({ variable }) => `the variable ${variable} does not hold the address of a proxy`,
      remedy: ({ variable }) => `Set ${variable} to an address such as http://proxy.example.com:3128, or unset it.`,
    },
    ko: {
      message: ({ variable }) => `환경 변수 ${variable} 의 값이 프록시 주소가 아닙니다`,
      remedy: ({ variable }) =>
        `${variable} 에 http://proxy.example.com:3128 과 같은 주소를 지정하거나, 변수를 해제하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
};
