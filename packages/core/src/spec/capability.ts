import { z } from 'zod';

/** A capability that a platform adds to the vocabulary. */
export const Capability = z
  .strictObject({
    description: z.strictObject({ en: z.string(), ko: z.string() }).optional(),
    outputs: z.record(z.string(), z.unknown()).describe('JSON Schema of the outputs.'),
  })
  .describe('A capability of this platform, besides those of the vocabulary.');
export type Capability = z.infer<typeof Capability>;

/** One output of a capability of the vocabulary. */
export interface Output {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isRequired: boolean;
  readonly en: string;
  readonly ko: string;
}

/** A capability of the vocabulary: what a provider is, and what it tells those who need it. */
export interface KnownCapability {
  readonly en: string;
  readonly ko: string;
  readonly outputs: Readonly<Record<string, Output>>;
}

const text = { type: 'string', minLength: 1 };
const url = { type: 'string', pattern: '^[a-z][a-z0-9+.-]*://' };

const SECRET: Output = {
  schema: text,
  isRequired: false,
  en: 'Secret with the credentials.',
  ko: '자격 증명이 든 Secret 입니다.',
};

/** Where a provider within the cluster runs, for those who write NetworkPolicies. */
const WHEREABOUTS = {
  namespace: {
    schema: { type: 'string' },
    isRequired: false,
    en: 'Namespace of its pods.',
    ko: '파드가 있는 네임스페이스입니다.',
  },
  instance: {
    schema: { type: 'string' },
    isRequired: false,
    en: 'Label `app.kubernetes.io/instance` of its pods.',
    ko: '파드의 `app.kubernetes.io/instance` 레이블 값입니다.',
  },
} as const satisfies Readonly<Record<string, Output>>;

/** What listens at a host and a port. */
const SERVER = {
  host: { schema: text, isRequired: true, en: 'Name or address.', ko: '이름 또는 주소입니다.' },
  port: {
    schema: { type: 'integer', minimum: 1, maximum: 65_535 },
    isRequired: true,
    en: 'Port.',
    ko: '포트입니다.',
  },
  secretName: SECRET,
  ...WHEREABOUTS,
} as const satisfies Readonly<Record<string, Output>>;

/** What is spoken to at a URL. */
const ENDPOINT = {
  url: { schema: url, isRequired: true, en: 'Where requests go.', ko: '요청을 보내는 주소입니다.' },
  secretName: SECRET,
  ...WHEREABOUTS,
} as const satisfies Readonly<Record<string, Output>>;

/** The words that components of different authors agree on. `docs/reference/capabilities.md` is generated from them. */
export const CAPABILITIES: Readonly<Record<string, KnownCapability>> = {
  'postgresql-server': { en: 'A PostgreSQL server.', ko: 'PostgreSQL 서버입니다.', outputs: SERVER },
  'mysql-server': { en: 'A MySQL or MariaDB server.', ko: 'MySQL 또는 MariaDB 서버입니다.', outputs: SERVER },
  'redis-server': { en: 'A Redis or Valkey server.', ko: 'Redis 또는 Valkey 서버입니다.', outputs: SERVER },
  'amqp-broker': { en: 'An AMQP 0-9-1 broker.', ko: 'AMQP 0-9-1 브로커입니다.', outputs: SERVER },
  'kafka-broker': { en: 'A Kafka broker to start from.', ko: '처음 접속할 Kafka 브로커입니다.', outputs: SERVER },
  'object-store': {
    en: 'An object store with the API of S3.',
    ko: 'S3 API 를 제공하는 오브젝트 저장소입니다.',
    outputs: {
      ...ENDPOINT,
      bucket: { schema: text, isRequired: false, en: 'Bucket.', ko: '버킷입니다.' },
      region: { schema: text, isRequired: false, en: 'Region.', ko: '리전입니다.' },
    },
  },
  'metrics-query': { en: 'Answers PromQL.', ko: 'PromQL 질의에 답합니다.', outputs: ENDPOINT },
  'metrics-write': {
    en: 'Takes Prometheus remote writes.',
    ko: 'Prometheus remote write 를 받습니다.',
    outputs: ENDPOINT,
  },
  'logs-query': { en: 'Answers LogQL.', ko: 'LogQL 질의에 답합니다.', outputs: ENDPOINT },
  'logs-push': { en: 'Takes logs.', ko: '로그를 받습니다.', outputs: ENDPOINT },
  'traces-query': { en: 'Answers TraceQL.', ko: 'TraceQL 질의에 답합니다.', outputs: ENDPOINT },
  'traces-push': { en: 'Takes traces by OTLP.', ko: 'OTLP 로 트레이스를 받습니다.', outputs: ENDPOINT },
  otlp: {
    en: 'Takes telemetry of every kind by OTLP.',
    ko: '모든 종류의 텔레메트리를 OTLP 로 받습니다.',
    outputs: ENDPOINT,
  },
  'http-endpoint': {
    en: 'Is opened in a browser, under a host of the site.',
    ko: '사이트의 호스트 이름으로 브라우저에서 엽니다.',
    outputs: {
      host: {
        schema: { type: 'string' },
        isRequired: true,
        en: 'Name for the world; empty when the site has no domain.',
        ko: '외부에 보이는 이름입니다. 사이트에 도메인이 없으면 비어 있습니다.',
      },
      service: { schema: text, isRequired: true, en: 'Service that answers.', ko: '응답하는 Service 입니다.' },
      port: SERVER.port,
      namespace: { ...WHEREABOUTS.namespace, isRequired: true },
      path: { schema: { type: 'string', pattern: '^/' }, isRequired: false, en: 'Path.', ko: '경로입니다.' },
    },
  },
  oidc: {
    en: 'An OpenID Connect provider.',
    ko: 'OpenID Connect 제공자입니다.',
    outputs: {
      issuer: { schema: url, isRequired: true, en: 'URL of the issuer.', ko: '발급자의 URL 입니다.' },
      secretName: SECRET,
      ...WHEREABOUTS,
    },
  },
  'secrets-store': { en: 'A store of secrets.', ko: '시크릿 저장소입니다.', outputs: ENDPOINT },
  'certificate-issuer': {
    en: 'An issuer of cert-manager.',
    ko: 'cert-manager 의 발급자입니다.',
    outputs: {
      name: { schema: text, isRequired: true, en: 'Name of the issuer.', ko: '발급자의 이름입니다.' },
      kind: {
        schema: { enum: ['Issuer', 'ClusterIssuer'] },
        isRequired: true,
        en: '`Issuer` or `ClusterIssuer`.',
        ko: '`Issuer` 또는 `ClusterIssuer` 입니다.',
      },
    },
  },
  'ingress-controller': {
    en: 'Serves Ingresses.',
    ko: 'Ingress 를 처리합니다.',
    outputs: {
      class: { schema: text, isRequired: true, en: 'Class of Ingresses.', ko: 'Ingress 의 클래스입니다.' },
      ...WHEREABOUTS,
    },
  },
  'storage-class': {
    en: 'Provisions volumes.',
    ko: '볼륨을 만듭니다.',
    outputs: { name: { schema: text, isRequired: true, en: 'Storage class.', ko: '스토리지 클래스입니다.' } },
  },
};
