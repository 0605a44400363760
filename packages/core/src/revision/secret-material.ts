import { type ChartFiles, encodeUtf8, loadChart, parseYaml, type RandomSource, renderChart } from '@naru/chart';
import type { DeclaredSecret } from '../compose/declared-secret.ts';
import { secretKey } from '../compose/secrets.ts';
import { isRecord } from '../object/manifest.ts';
import type { Generate } from '../spec/secret.ts';
import { type Kept, keptStream } from './kept-random.ts';

/** What a Secret holds, by key, in base64. */
export type SecretData = Readonly<Record<string, string>>;

/** Stands for what was given from outside wherever a platform is only looked at. */
const SHOWN = 'shown';
const LENGTH = 32;
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DAYS = 3650;

/** What a declared secret holds; undefined when something that should have been given was not. */
export function secretData(
  name: string,
  secrets: ReadonlyMap<string, DeclaredSecret>,
  kept: Kept,
): SecretData | undefined {
  const secret = secrets.get(name);
  if (secret === undefined) return undefined;
  const { spec, given } = secret;
  const { generate } = spec;
  if (generate?.authority !== undefined) return authorityOf(name, generate, kept);
  if (generate?.certificate !== undefined) return certificateOf(name, generate.certificate, { secrets, kept });
  const text =
    generate === undefined ? (kept.isForShow === true ? SHOWN : given?.text) : generatedText(name, generate, kept);
  return text === undefined ? undefined : made('text', { key: secretKey(spec), text }, { name, kept });
}

/** Every character of the alphabet is as likely as any other: bytes beyond its last full round are thrown away. */
function generatedText(name: string, { length = LENGTH, alphabet = LETTERS_AND_DIGITS }: Generate, kept: Kept): string {
  const characters = [...new Set(alphabet)];
  const limit = 256 - (256 % characters.length);
  const stream = keptStream(kept, `secret/${name}`);
  let text = '';
  for (let drawn = 0; drawn < length; ) {
    const [byte = 0] = stream(1);
    if (byte >= limit) continue;
    text += characters[byte % characters.length] ?? '';
    drawn += 1;
  }
  return text;
}

function authorityOf(name: string, { authority }: Generate, kept: Kept): SecretData {
  const values = { commonName: authority?.commonName ?? name, days: authority?.days ?? DAYS };
  return made('authority', values, { name, kept });
}

function certificateOf(
  name: string,
  { authority, hosts, days = DAYS }: NonNullable<Generate['certificate']>,
  { secrets, kept }: { readonly secrets: ReadonlyMap<string, DeclaredSecret>; readonly kept: Kept },
): SecretData | undefined {
  const signer = secrets.get(authority)?.spec.generate;
  if (signer?.authority === undefined) return undefined;
  const ca = authorityOf(authority, signer, kept);
  const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);
  const values = {
    commonName: hosts[0] ?? name,
    names: hosts.filter((host) => !isAddress(host)),
    addresses: hosts.filter(isAddress),
    days,
    certificate: ca['tls.crt'] ?? '',
    key: ca['tls.key'] ?? '',
  };
  return made('certificate', values, { name, kept });
}

/** Made as a chart would make them, so that there is one way to keys and certificates. Elliptic keys: they cost little. */
const TEMPLATES = {
  text: '{{ .Values.key | quote }}: {{ .Values.text | b64enc | quote }}',
  authority: [
    '{{- $ca := genCAWithKey .Values.commonName (int .Values.days) (genPrivateKey "ecdsa") }}',
    'tls.crt: {{ $ca.Cert | b64enc }}',
    'tls.key: {{ $ca.Key | b64enc }}',
    'ca.crt: {{ $ca.Cert | b64enc }}',
  ].join('\n'),
  certificate: [
    '{{- $v := .Values }}',
    '{{- $ca := buildCustomCert $v.certificate $v.key }}',
    '{{- $c := genSignedCertWithKey $v.commonName $v.addresses $v.names (int $v.days) $ca (genPrivateKey "ecdsa") }}',
    'tls.crt: {{ $c.Cert | b64enc }}',
    'tls.key: {{ $c.Key | b64enc }}',
    'ca.crt: {{ $v.certificate }}',
  ].join('\n'),
} as const;

function made(
  template: keyof typeof TEMPLATES,
  values: Readonly<Record<string, unknown>>,
  { name, kept }: { readonly name: string; readonly kept: Kept },
): SecretData {
  const rendered = renderChart(loadChart(chartOf(TEMPLATES[template])), {
    release: { name, namespace: '' },
    values,
    capabilities: { kubeVersion: 'v1.36.3' },
    random: randomOf(kept, name),
    now: () => kept.bornAt,
  });
  const data = parseYaml(rendered.manifests[0]?.content ?? '', { file: name });
  if (!isRecord(data)) throw new TypeError(`the template ${template} makes no map`);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
}

function chartOf(template: string): ChartFiles {
  return new Map([
    ['Chart.yaml', encodeUtf8('apiVersion: v2\nname: secret\nversion: 1.0.0\n')],
    ['templates/data.yaml', encodeUtf8(template)],
  ]);
}

function randomOf(kept: Kept, name: string): RandomSource {
  const stream = keptStream(kept, `secret/${name}`);
  return { bytes: (count) => stream(count) };
}
