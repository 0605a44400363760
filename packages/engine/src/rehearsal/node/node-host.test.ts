import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireNodeHost, type HostFacts } from './node-host.ts';

let root: string;
let facts: HostFacts;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'naru-host-'));
  facts = { platform: 'linux', uid: 0, systemFolders: [join(root, 'sbin')], networkPluginFolders: [join(root, 'cni')] };
  await provide('sbin', 'ip', 'iptables', 'mount', 'runc', 'unshare');
  await provide('cni', 'bridge', 'host-local', 'loopback', 'portmap');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function provide(folder: string, ...names: string[]): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  for (const name of names) {
    await writeFile(join(root, folder, name), '');
    await chmod(join(root, folder, name), 0o755);
  }
}

it('finds everything, also where PATH does not lead', async () => {
  const host = await requireNodeHost({ PATH: '/nowhere' }, facts);
  expect(host).toEqual({
    path: `/nowhere:${join(root, 'sbin')}`,
    runc: join(root, 'sbin', 'runc'),
    networkPlugins: join(root, 'cni'),
  });
});

it.each([
  [{ platform: 'darwin' }, 'needs Linux, not darwin'],
  [{ uid: 1000 }, 'needs root'],
])('refuses %j and offers another way', async (fact, reason) => {
  const refusal = requireNodeHost({}, { ...facts, ...fact });
  await expect(refusal).rejects.toMatchObject({
    code: 'NODE_LEVEL_UNSUPPORTED',
    exitCode: 3,
    message: expect.stringContaining(reason),
  });
});

it('names everything that is missing, and the packages that bring it', async () => {
  await rm(join(root, 'sbin', 'runc'));
  await rm(join(root, 'sbin', 'iptables'));
  await rm(join(root, 'cni', 'portmap'));
  await expect(requireNodeHost({}, facts)).rejects.toMatchObject({
    code: 'NODE_TOOLS_MISSING',
    details: { tools: 'iptables, runc, CNI plugin portmap', packages: 'iptables runc containernetworking-plugins' },
  });
});

it('does not take a file that cannot be executed', async () => {
  await chmod(join(root, 'sbin', 'runc'), 0o644);
  const wanted = process.getuid?.() === 0 ? 'NODE_TOOLS_MISSING' : /./;
  await expect(requireNodeHost({}, facts)).rejects.toMatchObject({ code: expect.stringMatching(wanted) });
});

it('misses every plugin when their folder is missing', async () => {
  await rm(join(root, 'cni'), { recursive: true });
  await expect(requireNodeHost({}, facts)).rejects.toMatchObject({
    details: { packages: 'containernetworking-plugins' },
  });
});
