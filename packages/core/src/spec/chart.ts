import { z } from 'zod';

const Version = z.string().min(1).describe('Version, or range as Helm understands it, such as `^1.2`.');
const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .optional()
  .describe('The only digest that may come, as `naru chart pull` tells it.');

const RepositoryChart = z
  .strictObject({
    repo: z.string().describe('Address of a repository: where its `index.yaml` is.'),
    name: z.string().min(1).describe('Name of the chart there.'),
    version: Version,
    digest: Digest,
  })
  .describe('A chart of a repository.');

const RegistryChart = z
  .strictObject({ oci: z.string().describe('`oci://HOST/PATH` of the chart.'), version: Version, digest: Digest })
  .describe('A chart in an OCI registry.');

const LocalChart = z
  .strictObject({ path: z.string().min(1).describe('Folder or packed chart, relative to this file.') })
  .describe('A chart on this disk.');

/** Where the chart of a component is. A text is the path of a `LocalChart`. */
export const ChartChoice = z.union([z.string(), RepositoryChart, RegistryChart, LocalChart]);
export type ChartChoice = z.infer<typeof ChartChoice>;
