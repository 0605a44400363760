import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../control-plane.ts';
import { kubernetesModule, wrapperModule } from './go-module.ts';
import type { Recipe } from './recipe.ts';

const run = promisify(execFile);
/** Go prints every module that it downloads. */
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
const BUILD_TIMEOUT_MS = 30 * 60_000;

export interface GoBuilder {
  /** Builds one binary; fails with what Go said. */
  build(recipe: Recipe, output: string): Promise<void>;
  /** Removes the wrapper modules. Go's own caches stay: they make the next version cheap. */
  close(): Promise<void>;
}

/** A builder that calls `go`, or undefined when the host has none. */
export async function findGo(environment: Environment, signal: AbortSignal): Promise<GoBuilder | undefined> {
  const env = { ...environment, GO111MODULE: 'on', GOWORK: 'off', CGO_ENABLED: '0' };
  const go = async (args: readonly string[], cwd?: string): Promise<string> => {
    const options = { env, signal, maxBuffer: OUTPUT_LIMIT_BYTES, timeout: BUILD_TIMEOUT_MS };
    const { stdout } = await run('go', args, cwd === undefined ? options : { ...options, cwd });
    return stdout;
  };
  try {
    await go(['version']);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }

  const modules = await mkdtemp(join(tmpdir(), 'naru-go-'));
  return {
    async build({ product, version, build }, output) {
      const folder = join(modules, `${product}-${version}`);
      await mkdir(folder, { recursive: true });
      const target = product === 'kubernetes' ? await describeKubernetes(go, version) : wrapperModule(build.module);
      // Kept when it is there: Go has completed it while it built the binary before.
      await writeFile(join(folder, 'go.mod'), target, { flag: 'wx' }).catch(() => undefined);
      if (build.program !== undefined) await writeFile(join(folder, 'main.go'), build.program);
      await go(['build', '-mod=mod', ...build.flags, '-o', output, build.package], folder);
    },
    close: () => rm(modules, { recursive: true, force: true }),
  };
}

/** Asks Go for the `go.mod` of the release, which tells its libraries and its etcd. */
async function describeKubernetes(go: (args: readonly string[]) => Promise<string>, version: string): Promise<string> {
  const answer = await go(['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`]);
  const { GoMod } = JSON.parse(answer) as { readonly GoMod: string };
  return kubernetesModule(version, await readFile(GoMod, 'utf8'));
}
