import { ensureImages, IMAGE_RECIPES, ImagesUnavailable } from '@naru/testkit';

/** Puts the images that tests with real pods need into the cache, and prints their paths. Needs no root. */
try {
  const paths = await ensureImages(IMAGE_RECIPES, {
    environment: process.env,
    onBuild: (references) => console.error(`building ${references.join(', ')}`),
  });
  for (const path of paths) console.log(path);
} catch (error) {
  if (!(error instanceof ImagesUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 3;
}
