import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { parse } from 'yaml';
import type { Environment } from '../control-plane.ts';
import type { BinaryName } from './recipe.ts';

/** Where the projects publish their binaries. */
export interface ArchiveHosts {
  /** Kubernetes' own binaries, for Linux alone except kubectl; a checksum lies beside each. */
  readonly kubernetes: string;
  /** The index of the archives with etcd, kube-apiserver and kubectl for every system; it holds their checksums. */
  readonly index: string;
}

const OFFICIAL: ArchiveHosts = {
  kubernetes: 'https://dl.k8s.io',
  index: 'https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml',
};

const CONNECT_TIMEOUT_MS = 3000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

const IN_INDEX: ReadonlySet<BinaryName> = new Set(['etcd', 'kube-apiserver', 'kubectl']);
const BESIDE_CHECKSUM: ReadonlySet<BinaryName> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubectl',
  'kubelet',
]);

export interface Archives {
  /** Writes the published binary to `output` after its checksum was found right. Fails with the reason otherwise. */
  fetch(name: BinaryName, version: string, output: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The published binaries of Kubernetes. The first address that cannot be reached ends all attempts of this object: a
 * site without internet waits for one connection, not for one per binary.
 */
export function openArchives(environment: Environment, signal: AbortSignal, hosts: ArchiveHosts = OFFICIAL): Archives {
  const dispatcher = new EnvHttpProxyAgent({ ...proxiesOf(environment), connectTimeout: CONNECT_TIMEOUT_MS });
  let unreachable: string | undefined;

  async function download(url: string): Promise<{ readonly status: number; readonly body: Readable }> {
    if (unreachable !== undefined) throw new Error(`${unreachable} is not reachable`);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]);
    try {
      const { status, body } = await fetch(url, { dispatcher, signal: limit });
      return { status, body: body === null ? Readable.from([]) : Readable.fromWeb(body) };
    } catch (cause) {
      signal.throwIfAborted();
      unreachable = new URL(url).host;
      throw new Error(`${unreachable} is not reachable`, { cause });
    }
  }

  async function text(url: string): Promise<string> {
    const { status, body } = await download(url);
    const content = Buffer.concat(await body.toArray()).toString('utf8');
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    return content;
  }

  async function save(url: string, checksum: Checksum, output: string): Promise<void> {
    const { status, body } = await download(url);
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    const hash = createHash(checksum.algorithm);
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(body, hashing, createWriteStream(output));
    if (hash.digest('hex') === checksum.value) return;
    await rm(output, { force: true });
    throw new Error(`${url} does not have the published checksum`);
  }

  return {
    async fetch(name, version, output) {
      const { arch, platform } = process;
      const target = `${platform}/${arch === 'x64' ? 'amd64' : arch}`;
      if (platform === 'linux' && BESIDE_CHECKSUM.has(name)) {
        const url = `${hosts.kubernetes}/v${version}/bin/${target}/${name}`;
        const value = (await text(`${url}.sha256`)).trim().split(/\s/)[0] ?? '';
        return save(url, { algorithm: 'sha256', value }, output);
      }
      if (!IN_INDEX.has(name)) throw new Error('no archive with a published checksum');
      const published = findArchive(parse(await text(hosts.index)), version, target);
      if (published === undefined) throw new Error(`no archive of ${version} for ${target}`);
      const folder = await mkdtemp(join(dirname(output), '.archive-'));
      try {
        const archive = join(folder, 'archive.tar.gz');
        await save(published.url, { algorithm: 'sha512', value: published.sha512 }, archive);
        await extract(archive, name, output);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    close: () => dispatcher.destroy(),
  };
}

interface Checksum {
  readonly algorithm: 'sha256' | 'sha512';
  readonly value: string;
}

interface Index {
  readonly releases?: Readonly<Record<string, Readonly<Record<string, { hash: string; selfLink: string }>>>>;
}

function findArchive(
  index: Index | null,
  version: string,
  target: string,
): { url: string; sha512: string } | undefined {
  const name = `envtest-v${version}-${target.replace('/', '-')}.tar.gz`;
  const entry = index?.releases?.[`v${version}`]?.[name];
  return entry === undefined ? undefined : { url: entry.selfLink, sha512: entry.hash };
}

/** Takes one file out of an archive, whatever folder it lies in. */
async function extract(archive: string, name: string, output: string): Promise<void> {
  const folder = dirname(archive);
  await promisify(execFile)('tar', ['-xzf', archive, '-C', folder]);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = files.find((entry) => entry.isFile() && basename(entry.name) === name);
  if (found === undefined) throw new Error(`the archive has no ${name}`);
  await rename(join(found.parentPath, found.name), output);
}

function proxiesOf(environment: Environment): Record<string, string> {
  const pick = (option: string, variable: string): [string, string][] => {
    const value = environment[variable] ?? environment[variable.toLowerCase()];
    return value === undefined ? [] : [[option, value]];
  };
  const chosen = [
    ...pick('httpProxy', 'HTTP_PROXY'),
    ...pick('httpsProxy', 'HTTPS_PROXY'),
    ...pick('noProxy', 'NO_PROXY'),
  ];
  return Object.fromEntries(chosen);
}
