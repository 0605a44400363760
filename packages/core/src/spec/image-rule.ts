import { z } from 'zod';

/** One step: a key, in which a dot is written `\.`, then indices: `[0]`, `[*]`, or `[name=web]` for items with that field. */
const STEP = String.raw`(?:[^.[\]\\]|\\\.)+(?:\[(?:\*|\d+|[\w-]+=[^\]]*)\])*`;

/** Where a component hides an image that is not a field of its pods. */
export const ImageRule = z.strictObject({
  kind: z.string().describe('Kind of the object, or `Kind.group`.'),
  path: z
    .string()
    .regex(new RegExp(`^${STEP}(?:\\.${STEP})*$`))
    .describe('Path of the text in the object, such as `spec.containers[*].env[name=RELAY_IMAGE].value`.'),
  after: z
    .string()
    .optional()
    .describe('What stands before the image in the text, such as `--image=`; texts without it hold no image.'),
});
export type ImageRule = z.infer<typeof ImageRule>;
