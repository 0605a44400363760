import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export interface KubeconfigParts {
  readonly server: string;
  /** What stands beside `server`. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly namespace?: string;
}

export interface Scratch {
  readonly directory: string;
  write(name: string, text: string, mode?: number): Promise<string>;
  /** A kubeconfig with the one context `test`. Each call writes another file. */
  kubeconfig(parts: KubeconfigParts): Promise<string>;
}

/** A folder of the tests of one file, gone after them. */
export function useScratch(): Scratch {
  let directory = '';
  let count = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'naru-test-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const write = async (name: string, text: string, mode = 0o600): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, text, { mode });
    return path;
  };
  return {
    get directory() {
      return directory;
    },
    write,
    kubeconfig: ({ server, cluster, user = {}, namespace }) => {
      const config = {
        clusters: [{ name: 'test', cluster: { ...cluster, server } }],
        users: [{ name: 'test', user }],
        contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace } }],
        'current-context': 'test',
      };
      count += 1;
      return write(`kubeconfig-${count}`, JSON.stringify(config));
    },
  };
}
