import type { ImageRecipe } from '../image-recipe.ts';

/**
 * Debian 12 has no Valkey. Its Redis 7.0, from which Valkey was forked, reads the same configuration and speaks the
 * same protocol; it is put where Valkey's programs are expected.
 */
export const VALKEY: ImageRecipe = {
  name: 'valkey',
  version: '7.0',
  packages: ['redis-server', 'redis-tools'],
  copy: ['/usr/bin/redis-check-rdb', '/usr/bin/redis-cli'],
  omit: [],
  links: {
    '/usr/bin/redis-server': 'redis-check-rdb',
    '/usr/bin/valkey-server': 'redis-server',
    '/usr/bin/valkey-cli': 'redis-cli',
  },
  files: [],
  directories: [{ path: '/data', mode: 0o755, uid: 999 }],
  user: { name: 'valkey', uid: 999 },
  config: { Cmd: ['valkey-server'], Env: ['PATH=/usr/bin'], User: '999:999', WorkingDir: '/data' },
};
