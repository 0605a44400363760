import { type Check, objectFinding } from './checking.ts';

/** Images whose content changes under the same name: no tag, or the tag `latest`. */
export const imageVersions: Check = ({ objects }) =>
  objects.flatMap((object) =>
    [...new Set(object.images.map(({ image }) => image))]
      .filter((image) => !isPinned(image))
      .map((image) => objectFinding(object, 'warning', 'IMAGE_UNPINNED', { key: object.key, image })),
  );

function isPinned(image: string): boolean {
  if (image.includes('@')) return true;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}
