import { define } from './definition.ts';

/** How a process of a control plane failed to come up: with an exit code, too slowly, or because its supervisor was killed. */
interface ProcessFailure {
  readonly process: string;
  readonly end: number | 'too slow' | 'unsupervised';
  /** What it said last; empty when it said nothing. */
  readonly log: string;
}

const below = (log: string): string => (log === '' ? '' : `:\n${log}`);

/** Failures to get or to run a throw-away control plane. */
export const REHEARSAL_ERRORS = {
  BINARY_UNAVAILABLE: define<{ binary: string; version: string; tried: string }>({
    en: {
      message: ({ binary, version, tried }) => `cannot get ${binary} ${version} (${tried})`,
      remedy: () =>
        'Set KUBEBUILDER_ASSETS to a folder with the binaries, or install Go ≥ 1.26 and run the command again.',
    },
    ko: {
      message: ({ binary, version, tried }) => `${binary} ${version} 바이너리를 구할 수 없습니다 (${tried})`,
      remedy: () =>
        '바이너리가 있는 폴더를 KUBEBUILDER_ASSETS 로 지정하거나, Go 1.26 이상을 설치한 뒤 다시 실행하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  KUBERNETES_VERSION_UNKNOWN: define<{ requested: string; known: string }>({
    en: {
      message: ({ requested }) => `there is no Kubernetes version ${requested} to rehearse on`,
      remedy: ({ known }) => `Name a minor (${known}) or an exact version such as 1.36.3.`,
    },
    ko: {
      message: ({ requested }) => `예행연습에 쓸 쿠버네티스 버전 ${requested} 이(가) 없습니다`,
      remedy: ({ known }) => `마이너 버전(${known}) 또는 1.36.3 과 같은 정확한 버전을 지정하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  CONTROL_PLANE_FAILED: define<ProcessFailure>({
    en: {
      message: ({ process, end, log }) => {
        if (end === 'too slow') return `${process} of the rehearsal was not ready in time${below(log)}`;
        if (end === 'unsupervised') return `${process} of the rehearsal was killed while it started${below(log)}`;
        return `${process} of the rehearsal ended with exit code ${end}${below(log)}`;
      },
      remedy: () => 'Read the log lines above, check free memory and disk space, then run the command again.',
    },
    ko: {
      message: ({ process, end, log }) => {
        if (end === 'too slow') return `예행연습의 ${process} 프로세스가 제시간에 준비되지 않았습니다${below(log)}`;
        if (end === 'unsupervised')
          return `예행연습의 ${process} 프로세스가 시작 도중 강제 종료되었습니다${below(log)}`;
        return `예행연습의 ${process} 프로세스가 종료 코드 ${end}(으)로 끝났습니다${below(log)}`;
      },
      remedy: () => '위의 로그와 여유 메모리, 디스크 공간을 확인한 뒤 명령을 다시 실행하십시오.',
    },
    exitCode: 3,
    retry: 'backoff',
  }),
  REHEARSAL_FOLDER_UNUSABLE: define<{ folder: string; reason: string }>({
    en: {
      message: ({ folder, reason }) => `a rehearsal cannot write to ${folder}: ${reason}`,
      remedy: () => 'Set TMPDIR to a folder that exists and that you may write to.',
    },
    ko: {
      message: ({ folder, reason }) => `예행연습이 ${folder} 폴더에 쓸 수 없습니다: ${reason}`,
      remedy: () => '쓰기 권한이 있는 폴더를 TMPDIR 로 지정하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  NODE_LEVEL_UNSUPPORTED: define<{ platform: string }>({
    en: {
      message: ({ platform }) =>
        platform === 'linux'
          ? 'level `node` runs real pods and needs root'
          : `level \`node\` runs real pods and needs Linux, not ${platform}`,
      remedy: () =>
        'Run it as root on Linux, rehearse with `--level controllers`, or deliver to a kind or k3d cluster through its kubeconfig.',
    },
    ko: {
      message: ({ platform }) =>
        platform === 'linux'
          ? '`node` 수준은 실제 파드를 실행하므로 root 권한이 필요합니다'
          : `\`node\` 수준은 실제 파드를 실행하므로 Linux 가 필요합니다 (현재 ${platform})`,
      remedy: () =>
        'Linux 에서 root 로 실행하거나, `--level controllers` 로 예행연습하거나, kind 또는 k3d 클러스터의 kubeconfig 를 사용하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  NODE_TOOLS_MISSING: define<{ tools: string; packages: string }>({
    en: {
      message: ({ tools }) => `level \`node\` needs programs that this host does not have: ${tools}`,
      remedy: ({ packages }) =>
        `Run \`apt-get install --no-install-recommends ${packages}\` as root, or install their equivalents.`,
    },
    ko: {
      message: ({ tools }) => `\`node\` 수준에 필요한 프로그램이 이 호스트에 없습니다: ${tools}`,
      remedy: ({ packages }) =>
        `root 로 \`apt-get install --no-install-recommends ${packages}\` 명령을 실행하거나 같은 프로그램을 설치하십시오.`,
    },
    exitCode: 3,
    retry: 'never',
  }),
  IMAGES_UNSUPPORTED: define<{ level: string }>({
    en: {
      message: ({ level }) => `images cannot be imported at level \`${level}\`: it runs no containers`,
      remedy: () => 'Rehearse with `--level node`, or leave the images out.',
    },
    ko: {
      message: ({ level }) => `\`${level}\` 수준에서는 컨테이너를 실행하지 않으므로 이미지를 가져올 수 없습니다`,
      remedy: () => '`--level node` 로 예행연습하거나 이미지를 지정하지 마십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  IMAGE_UNREADABLE: define<{ archive: string; reason: string }>({
    en: {
      message: ({ archive, reason }) => `the image archive ${archive} cannot be imported: ${reason}`,
      remedy: () => 'Write the archive again with `docker save` or an equivalent, and check its path.',
    },
    ko: {
      message: ({ archive, reason }) => `이미지 아카이브 ${archive} 을(를) 가져올 수 없습니다: ${reason}`,
      remedy: () => '`docker save` 또는 같은 도구로 아카이브를 다시 만들고 경로를 확인하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
};
