import type { ImageRecipe } from '../image-recipe.ts';

/** The web server without any configuration: whoever runs it brings a whole one. */
export const NGINX: ImageRecipe = {
  name: 'nginx',
  version: '1.22',
  packages: ['nginx'],
  copy: ['/usr/sbin/nginx'],
  omit: [],
  links: {},
  files: [],
  directories: [],
  user: { name: 'nginx', uid: 101 },
  config: {
    Cmd: ['nginx', '-e', 'stderr', '-g', 'daemon off;'],
    Env: ['PATH=/usr/sbin:/usr/bin'],
    User: '101:101',
    // Finish the requests in flight.
    StopSignal: 'SIGQUIT',
  },
};
