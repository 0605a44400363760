import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Large dependencies that no copied program names: PostgreSQL's compiler back end and the packages' own scripts. */
const NOT_UNPACKED = /^(?:libllvm|libz3|perl|libperl)/;

/** Values of environment variables, such as the proxy that apt shall use. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A machine that cannot build images: there is no apt, the packages are unknown, or the mirror does not answer. */
export class ImagesUnavailable extends Error {
  override readonly name = 'ImagesUnavailable';
}

/**
 * Unpacks Debian packages and what they depend on into `directory`/root, and returns that path.
 *
 * Uses the machine's package sources and their keys, but a state of its own: it needs no root, installs nothing, runs
 * no package script, and what is installed on the machine makes no difference.
 */
export async function unpackDebianPackages(
  packages: readonly string[],
  { directory, environment }: { readonly directory: string; readonly environment: Environment },
): Promise<string> {
  const command = (program: string, args: readonly string[], cwd: string): Promise<string> =>
    runProgram(program, args, { cwd, env: { ...environment } });
  const paths = {
    lists: join(directory, 'lists'),
    archives: join(directory, 'archives'),
    root: join(directory, 'root'),
    status: join(directory, 'status'),
  };
  await Promise.all([
    mkdir(join(paths.lists, 'partial'), { recursive: true }),
    mkdir(join(paths.archives, 'partial'), { recursive: true }),
    mkdir(paths.root, { recursive: true }),
    writeFile(paths.status, ''),
  ]);
  const options = {
    'Dir::State': directory,
    'Dir::State::lists': paths.lists,
    'Dir::State::status': paths.status,
    'Dir::Cache': directory,
    'Dir::Cache::archives': paths.archives,
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': 'false',
    'Acquire::Retries': '3',
  };
  const flags = ['-qq', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  await command('apt-get', [...flags, 'update'], directory);
  const plan = await command('apt-get', [...flags, '--simulate', 'install', ...packages], directory);
  const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  const wanted = names.filter((name) => !NOT_UNPACKED.test(name));
  await command('apt-get', [...flags, 'download', ...wanted], paths.archives);
  const archives = (await readdir(paths.archives)).filter((name) => name.endsWith('.deb')).sort();
  for (const archive of archives) await command('dpkg-deb', ['-x', archive, paths.root], paths.archives);
  return paths.root;
}

async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string | undefined> },
): Promise<string> {
  try {
    const { stdout } = await run(program, args, { ...options, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const { code, stderr = '' } = cause as { readonly code?: number | string; readonly stderr?: string };
    if (code === 'ENOENT') {
      throw new ImagesUnavailable(`images are built from Debian packages, and ${program} is not on this machine`, {
        cause,
      });
    }
    const lastLines = stderr.trim().split('\n').slice(-5).join('\n');
    throw new ImagesUnavailable(`images cannot be built: ${program} ended with ${code}\n${lastLines}`, { cause });
  }
}
