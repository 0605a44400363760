import { define, didYouMean, maybeMeant } from './definition.ts';
import { typeIn, type TypeWord } from './type-words.ts';

/** What is wrong with a file or a command line. */
export const DOCUMENT_ERRORS = {
  FOLDER_MISSING: define<{ folder: string }>({
    en: {
      message: ({ folder }) => `${folder} holds no platform.yaml`,
      remedy: ({ folder }) => `Name a platform folder, or make one with \`naru init ${folder}\`.`,
    },
    ko: {
      message: ({ folder }) => `${folder} 에 platform.yaml 이 없습니다`,
      remedy: ({ folder }) => `플랫폼 폴더를 지정하거나 \`naru init ${folder}\` 로 만드십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  DOCUMENT_UNREADABLE: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `cannot read ${file}: ${reason}`,
      remedy: () => 'Check that the file exists and that you may read it.',
    },
    ko: {
      message: ({ file, reason }) => `${file} 을(를) 읽을 수 없습니다: ${reason}`,
      remedy: () => '파일이 있는지, 읽기 권한이 있는지 확인하십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  DOCUMENT_TOO_LARGE: define<{ file: string; bytes: number; limitBytes: number }>({
    en: {
      message: ({ file, bytes, limitBytes }) => `${file} has ${bytes} bytes; the limit is ${limitBytes}`,
      remedy: () => 'Split the file, or keep large data outside the platform folder.',
    },
    ko: {
      message: ({ file, bytes, limitBytes }) => `${file} 의 크기가 ${bytes} 바이트로 한도 ${limitBytes} 를 넘습니다`,
      remedy: () => '파일을 나누거나 큰 데이터를 플랫폼 폴더 밖에 두십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  DOCUMENT_TOO_COMPLEX: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `${file} is refused: ${reason}`,
      remedy: () => 'Write the content out instead of nesting it or repeating it through aliases.',
    },
    ko: {
      message: ({ file, reason }) => `${file} 을(를) 거부합니다: ${reason}`,
      remedy: () => '중첩이나 별칭 반복 대신 내용을 풀어 쓰십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  DOCUMENT_MALFORMED: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `${file} is not valid YAML: ${reason}`,
      remedy: () => 'Correct the YAML at the place shown.',
    },
    ko: {
      message: ({ file, reason }) => `${file} 은(는) 올바른 YAML 이 아닙니다: ${reason}`,
      remedy: () => '표시된 위치의 YAML 을 고치십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  FIELD_UNKNOWN: define<{ field: string; parent: string; suggestion: string | undefined; known: string }>({
    en: {
      message: ({ field, parent, suggestion }) => `${parent} has no field \`${field}\`${didYouMean(suggestion)}`,
      remedy: ({ known }) => (known === '' ? 'Remove it; nothing can stand here.' : `Use one of: ${known}.`),
    },
    ko: {
      message: ({ field, parent, suggestion }) =>
        `${parent} 에는 \`${field}\` 필드가 없습니다${maybeMeant(suggestion)}`,
      remedy: ({ known }) =>
        known === '' ? '지우십시오. 여기에는 아무것도 쓸 수 없습니다.' : `다음 중 하나를 쓰십시오: ${known}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  FIELD_MISTYPED: define<{ field: string; expected: TypeWord; found: TypeWord }>({
    en: {
      message: ({ field, expected, found }) =>
        `\`${field}\` must be ${typeIn('en', expected)}, and ${typeIn('en', found)} stands here`,
      remedy: ({ field, expected }) => `Write ${typeIn('en', expected)} for \`${field}\`.`,
    },
    ko: {
      message: ({ field, expected, found }) =>
        `\`${field}\` 에는 ${typeIn('ko', expected)} 형식이 필요한데 ${typeIn('ko', found)} 형식이 있습니다`,
      remedy: ({ field, expected }) => `\`${field}\` 을(를) ${typeIn('ko', expected)} 형식으로 쓰십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  FIELD_MISSING: define<{ field: string; parent: string }>({
    en: {
      message: ({ field, parent }) => `${parent} lacks the field \`${field}\``,
      remedy: ({ field, parent }) => `Add \`${field}\` to ${parent}.`,
    },
    ko: {
      message: ({ field, parent }) => `${parent} 에 \`${field}\` 필드가 없습니다`,
      remedy: ({ field, parent }) => `${parent} 에 \`${field}\` 을(를) 추가하십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  FIELD_INVALID: define<{ field: string; value: string; allowed: string }>({
    en: {
      message: ({ field, value }) => `\`${field}\` cannot be \`${value}\``,
      remedy: ({ allowed }) => `Allowed here: ${allowed}.`,
    },
    ko: {
      message: ({ field, value }) => `\`${field}\` 의 값으로 \`${value}\` 을(를) 쓸 수 없습니다`,
      remedy: ({ allowed }) => `허용되는 값: ${allowed}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  NAME_TOO_LONG: define<{ field: string; name: string; length: number; limit: number }>({
    en: {
      message: ({ field, name, length, limit }) =>
        `\`${field}\` has ${length} characters, and a Kubernetes label takes ${limit}: ${name}`,
      remedy: ({ limit }) => `Choose a name of at most ${limit} characters.`,
    },
    ko: {
      message: ({ field, name, length, limit }) =>
        `\`${field}\` 이(가) ${length} 자입니다. 쿠버네티스 레이블은 ${limit} 자까지입니다: ${name}`,
      remedy: ({ limit }) => `${limit} 자 이하의 이름을 고르십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SITE_UNKNOWN: define<{ site: string; known: string }>({
    en: {
      message: ({ site }) => `the platform has no site \`${site}\``,
      remedy: ({ site, known }) =>
        known === '' ? `Write sites/${site}.yaml.` : `Use one of: ${known}; or write sites/${site}.yaml.`,
    },
    ko: {
      message: ({ site }) => `플랫폼에 사이트 \`${site}\` 이(가) 없습니다`,
      remedy: ({ site, known }) =>
        known === ''
          ? `sites/${site}.yaml 을 만드십시오.`
          : `다음 중 하나를 쓰거나 (${known}), sites/${site}.yaml 을 만드십시오.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  SITE_UNNAMED: define<{ known: string }>({
    en: {
      message: ({ known }) =>
        known === '' ? 'the platform has no site' : 'the platform has several sites and none was named',
      remedy: ({ known }) =>
        known === '' ? 'Describe where it runs: write sites/dev.yaml.' : `Add \`--site NAME\` with one of: ${known}.`,
    },
    ko: {
      message: ({ known }) =>
        known === '' ? '플랫폼에 사이트가 없습니다' : '사이트가 여러 개인데 이름을 지정하지 않았습니다',
      remedy: ({ known }) =>
        known === ''
          ? '실행할 곳을 기술하십시오. sites/dev.yaml 을 만드십시오.'
          : `\`--site 이름\` 을 더하십시오. 가능한 값: ${known}.`,
    },
    exitCode: 2,
    retry: 'never',
  }),
  FOLDER_OCCUPIED: define<{ folder: string }>({
    en: {
      message: ({ folder }) => `${folder} is not empty`,
      remedy: () => 'Name a folder that does not exist yet, or empty this one.',
    },
    ko: {
      message: ({ folder }) => `${folder} 이(가) 비어 있지 않습니다`,
      remedy: () => '아직 없는 폴더를 지정하거나 이 폴더를 비우십시오.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  RELEASE_REPEATED: define<{ name: string }>({
    en: {
      message: ({ name }) => `another release of the batch writes the file of \`${name}\``,
      remedy: () => 'Give every release a `name` of its own; capitals alone do not tell files apart everywhere.',
    },
    ko: {
      message: ({ name }) => `배치의 다른 릴리스가 \`${name}\` 의 파일을 이미 씁니다`,
      remedy: () => '릴리스마다 다른 `name` 을 주십시오. 대소문자만 다른 이름은 같은 파일이 될 수 있습니다.',
    },
    exitCode: 2,
    retry: 'never',
  }),
  OUTPUT_UNWRITABLE: define<{ file: string; reason: string }>({
    en: {
      message: ({ file, reason }) => `cannot write ${file}: ${reason}`,
      remedy: () => 'Check the folder and its rights.',
    },
    ko: {
      message: ({ file, reason }) => `${file} 에 쓸 수 없습니다: ${reason}`,
      remedy: () => '폴더와 권한을 확인하십시오.',
    },
    exitCode: 3,
    retry: 'never',
  }),
  USAGE_INVALID: define<{ reason: string }>({
    en: { message: ({ reason }) => reason, remedy: () => 'Run the command with `--help` to see what it takes.' },
    ko: { message: ({ reason }) => reason, remedy: () => '`--help` 로 사용법을 확인하십시오.' },
    exitCode: 2,
    retry: 'never',
  }),
};
