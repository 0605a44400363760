import { z } from 'zod';
import { Name } from './name.ts';
import { API_VERSION, ProfileComponent } from './platform.ts';

/** `profiles/<name>.yaml`: settings of several components that belong together. */
export const Profile = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Profile'),
  metadata: z.strictObject({ name: Name }),
  spec: z.strictObject({
    extends: z.array(Name).optional().describe('Profiles that it builds on, weakest first.'),
    size: z.string().optional().describe('The size of every component that has one of this name.'),
    components: z.record(Name, ProfileComponent).optional(),
  }),
});
export type Profile = z.infer<typeof Profile>;
