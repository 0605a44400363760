import type { ImageRecipe } from './image-recipe.ts';
import { BUSYBOX } from './recipes/busybox.ts';
import { NGINX } from './recipes/nginx.ts';
import { POSTGRES } from './recipes/postgres.ts';
import { VALKEY } from './recipes/valkey.ts';

/** Every image that tests with real pods may use. */
export const IMAGE_RECIPES: readonly ImageRecipe[] = [BUSYBOX, NGINX, POSTGRES, VALKEY];
