import { z } from 'zod';
import { Name } from './name.ts';
import { API_VERSION, SiteComponent } from './platform.ts';

const Ranges = z.string().regex(/^[0-9a-fA-F.:]+\/\d{1,3}( *, *[0-9a-fA-F.:]+\/\d{1,3})*$/);

/** `sites/<name>.yaml`: one place where the platform runs, and what differs there. */
export const Site = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Site'),
  metadata: z.strictObject({ name: Name }),
  spec: z.strictObject({
    kubernetes: z
      .strictObject({
        version: z
          .string()
          .regex(/^v?\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/)
          .optional(),
        distribution: z.string().optional(),
      })
      .optional()
      .describe('The cluster of the site.'),
    provider: z.enum(['aws', 'azure', 'gcp', 'onprem']).optional(),
    connectivity: z.enum(['online', 'proxied', 'airgap']).optional(),
    domain: z.string().optional().describe('Domain under which the site publishes its endpoints.'),
    registry: z
      .strictObject({
        host: z
          .string()
          .optional()
          .describe('Registry that every image is taken from, the original host kept in the path.'),
        rewrite: z
          .record(z.string(), z.string())
          .optional()
          .describe('Image prefixes and what replaces them; the longest match wins, before `host`.'),
        allowed: z
          .array(z.string().min(1))
          .optional()
          .describe('Where images may come from, as prefixes of whole references; anywhere when left out.'),
        pullSecrets: z.array(Name).optional().describe('Secrets with a login to the registry, given to every pod.'),
      })
      .optional(),
    proxy: z
      .strictObject({
        http: z.string().optional(),
        https: z.string().optional(),
        noProxy: z.array(z.string()).optional().describe('What is reached directly, besides the cluster itself.'),
      })
      .optional()
      .describe('The way out: given to every container as variables.'),
    network: z
      .strictObject({
        podCIDR: Ranges.optional(),
        serviceCIDR: Ranges.optional(),
        nodeCIDR: Ranges.optional(),
        clusterDomain: z.string().optional().describe('`cluster.local` when left out.'),
      })
      .optional()
      .describe('Networks of the cluster; several ranges are separated by commas.'),
    storage: z
      .strictObject({
        class: z.string().optional(),
        sharedClass: z.string().optional(),
        capacity: z
          .record(z.string(), z.string().regex(/^\d+(\.\d+)?([kMGTPE]i?)?$/))
          .optional()
          .describe('How much there is of each storage class.'),
      })
      .optional(),
    ingress: z.strictObject({ class: z.string().optional() }).optional(),
    profiles: z.array(Name).optional().describe('Profiles of this site, above those of the platform.'),
    size: z.string().optional().describe('The size of every component that has one of this name.'),
    components: z.record(Name, SiteComponent).optional(),
  }),
});
export type Site = z.infer<typeof Site>;
