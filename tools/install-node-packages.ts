import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs the Debian packages that real nodes and the tests of registries need and Go modules cannot give. Says and does nothing when they are
 * all there; needs root and apt-get otherwise. For machines of our own: the product never installs anything.
 *
 *   node tools/install-node-packages.ts
 */
const WITNESSES: Readonly<Record<string, string>> = {
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  'busybox-static': '/bin/busybox',
  chromium: '/usr/bin/chromium',
  'docker-registry': '/usr/bin/docker-registry',
  iproute2: '/sbin/ip',
  iptables: '/usr/sbin/iptables',
  runc: '/usr/sbin/runc',
};

const missing = Object.entries(WITNESSES)
  .filter(([, witness]) => !existsSync(witness))
  .map(([debian]) => debian);

if (missing.length > 0) {
  console.log(`installing ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '--yes', '--quiet=2', '--no-install-recommends', ...missing];
  for (const [program = '', ...args] of [['apt-get', 'update', '--quiet=2'], install]) {
    const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) {
      console.error(`${program} ${args.join(' ')} failed:\n${stderr ?? ''}`);
      process.exit(1);
    }
  }
}
