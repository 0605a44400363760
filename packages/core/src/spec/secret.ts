import { z } from 'zod';
import { Name } from './name.ts';

const Days = z.int().min(1).max(36_500).optional().describe('How long it is valid; ten years when left out.');

const Generate = z
  .strictObject({
    length: z.int().min(8).max(512).optional().describe('Characters; 32 when left out.'),
    alphabet: z
      .string()
      .min(2)
      .max(256)
      .optional()
      .describe('The characters to choose from; letters and digits when left out.'),
    authority: z
      .strictObject({ commonName: z.string().optional(), days: Days })
      .optional()
      .describe('A certificate authority instead of a text.'),
    certificate: z
      .strictObject({
        authority: Name.describe('The secret of this platform with the authority that signs.'),
        hosts: z
          .array(z.string())
          .min(1)
          .describe('Names and addresses that it is valid for; the first is its common name.'),
        days: Days,
      })
      .optional()
      .describe('A certificate with its key instead of a text.'),
  })
  .describe('Made once for a platform, and the same at every delivery.');
export type Generate = z.infer<typeof Generate>;

/** A secret that a platform declares, and nobody types into a file. */
export const Secret = z.strictObject({
  generate: Generate.optional(),
  fromEnv: z.string().optional().describe('Variable of whoever delivers.'),
  fromFile: z.string().optional().describe('File of whoever delivers, relative to the platform folder.'),
  key: z.string().optional().describe('Key of the text in the Secret; `value` when left out.'),
  type: z.string().optional().describe('Type of the Secret; `Opaque` when left out.'),
});
export type Secret = z.infer<typeof Secret>;
