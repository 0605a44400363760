import { fullReference } from '../revision/image-reference.ts';
import { imagesOf } from '../revision/pod-template.ts';
import { type Check, objectFinding } from './checking.ts';

/** Images from elsewhere than the site allows: `registry.allowed` of the site, compared with the whole reference. */
export const imageRegistries: Check = ({ composition, objects }) => {
  const { allowed } = composition.site.registry;
  if (allowed === undefined) return [];
  const passes = (image: string): boolean => {
    const full = fullReference(image);
    return allowed.some((prefix) => full === prefix || full.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`));
  };
  return objects.flatMap((object) =>
    [...new Set(imagesOf(object.manifest).map(({ image }) => image))]
      .filter((image) => !passes(image))
      .map((image) => {
        const details = { key: object.key, image: fullReference(image), allowed: allowed.join(', ') };
        return objectFinding(object, 'error', 'IMAGE_FORBIDDEN', details);
      }),
  );
};
