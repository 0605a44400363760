import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { issueCertificate, type KeyAndCertificate } from './certificate.ts';

/** Everything that proves who is who in one control plane. Made for it alone and gone with it. */
export interface Credentials {
  readonly directory: string;
  readonly authority: string;
  /** Bearer token of a member of `system:masters`. */
  readonly token: string;
}

export interface CredentialsOptions {
  readonly directory: string;
  /** Names and addresses under which the API server will be called. */
  readonly serverNames: readonly string[];
  readonly now: Date;
}

const FILE_MODE = 0o600;

/** Writes the files that the processes of a control plane read: `pki/{ca,server,kubelet-client,…}.{crt,key}`. */
export async function createCredentials({ directory, serverNames, now }: CredentialsOptions): Promise<Credentials> {
  const pki = join(directory, 'pki');
  await mkdir(pki, { mode: 0o700 });
  const commonName = 'naru-rehearsal';
  const authority = issueCertificate({ commonName, usage: 'authority', now });
  const issuer = { commonName, key: authority.key };
  const server = issueCertificate({ commonName: 'kube-apiserver', usage: 'server', names: serverNames, issuer, now });
  // The API server shows this to the kubelet when it asks for logs or opens a shell.
  const kubeletClient = issueCertificate({
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'system:masters',
    usage: 'client',
    issuer,
    now,
  });
  const accounts = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const token = randomBytes(24).toString('hex');

  await Promise.all([
    writePair(pki, 'ca', authority),
    writePair(pki, 'server', server),
    writePair(pki, 'kubelet-client', kubeletClient),
    write(pki, 'service-accounts.key', accounts.privateKey.export({ type: 'sec1', format: 'pem' })),
    write(pki, 'service-accounts.pub', accounts.publicKey.export({ type: 'spki', format: 'pem' })),
    write(pki, 'tokens.csv', `${token},admin,admin,system:masters\n`),
  ]);
  return { directory: pki, authority: authority.certificate, token };
}

/** Writes a kubeconfig with the one context `rehearsal`, and returns its path. */
export async function writeKubeconfig(directory: string, server: string, credentials: Credentials): Promise<string> {
  const name = 'rehearsal';
  const path = join(directory, 'kubeconfig');
  const authority = Buffer.from(credentials.authority).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name, user: { token: credentials.token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  await writeFile(path, stringify(config, { defaultStringType: 'QUOTE_DOUBLE' }), { mode: FILE_MODE });
  return path;
}

async function writePair(directory: string, name: string, pair: KeyAndCertificate): Promise<void> {
  await write(directory, `${name}.crt`, pair.certificate);
  await write(directory, `${name}.key`, pair.key);
}

async function write(directory: string, name: string, text: string): Promise<void> {
  await writeFile(join(directory, name), text, { mode: FILE_MODE });
}
