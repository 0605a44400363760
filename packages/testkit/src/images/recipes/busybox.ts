import type { ImageRecipe } from '../image-recipe.ts';

/** A shell and small tools: for Jobs and for pods that only have to run. */
export const BUSYBOX: ImageRecipe = {
  name: 'busybox',
  version: '1.35',
  packages: [],
  copy: [],
  omit: [],
  links: {},
  files: [],
  directories: [],
  user: { name: 'nobody', uid: 65534 },
  config: { Cmd: ['sh'], Env: ['PATH=/usr/bin'] },
};
