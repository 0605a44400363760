import { z } from 'zod';
import { ChartChoice } from './chart.ts';
import { Capability } from './capability.ts';
import { ImageRule } from './image-rule.ts';
import { Name } from './name.ts';
import { Secret } from './secret.ts';

export const API_VERSION = 'naru.dev/v1alpha1';

const Tree = z.record(z.string(), z.unknown());

export const Need = z
  .strictObject({
    capability: z
      .string()
      .optional()
      .describe('What is needed, when the component does not declare it under this alias.'),
    from: z.string().optional().describe('The component that provides it, when several could.'),
    external: Tree.optional().describe('Outputs of a provider outside the platform.'),
  })
  .describe('How a need of the component is met.');
export type Need = z.infer<typeof Need>;

/** What profiles, a platform and its sites all may say about a component. */
const choice = {
  enabled: z.boolean().optional().describe('Whether the component is delivered. True when left out.'),
  size: z.string().optional().describe('A name of its `sizes`: settings that other settings win over.'),
  settings: Tree.optional().describe("The component's own small interface; each setting says which values it sets."),
  values: Tree.optional().describe('Native chart values, laid over those that settings make. `null` removes a key.'),
};

export const ProfileComponent = z.strictObject(choice).describe('What a profile says about a component.');
export type ProfileComponent = z.infer<typeof ProfileComponent>;

/** What a platform and its sites both may say about a component. */
const override = {
  ...choice,
  namespace: Name.optional().describe('Where its objects live.'),
  valuesFiles: z.array(z.string()).optional().describe('Files of native chart values, weakest first, below `values`.'),
  needs: z.record(z.string(), Need).optional().describe('How its needs are met, by alias.'),
};

/** What a component is made of: one of these, or the catalog component of its own name. */
const source = {
  component: z
    .string()
    .optional()
    .describe(
      'A catalog name, or a folder that starts with `./` and holds component.yaml. The key of the entry when left out.',
    ),
  chart: ChartChoice.optional().describe(
    'A Helm chart for a component without component.yaml: a folder, a packed chart, or where one is published.',
  ),
  manifests: z.array(z.string()).optional().describe('Files or globs of plain manifests.'),
};

export const SiteComponent = z
  .strictObject({ ...source, ...override })
  .describe('What differs for a component at a site.');
export type SiteComponent = z.infer<typeof SiteComponent>;

export const PlatformComponent = z
  .strictObject({
    ...source,
    after: z.array(z.string()).optional().describe('Components that must be ready before this one starts.'),
    images: z
      .array(ImageRule)
      .optional()
      .describe('Images that are not fields of pods, besides those of component.yaml.'),
    secrets: z
      .array(Name)
      .optional()
      .describe('Secrets of the platform that it gets, besides those that its expressions use.'),
    ...override,
  })
  .describe('One installable part of the platform.');
export type PlatformComponent = z.infer<typeof PlatformComponent>;

/** `platform.yaml`: what the platform is, at every site. */
export const Platform = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Platform'),
  metadata: z.strictObject({ name: Name }),
  spec: z.strictObject({
    version: z.string().optional().describe("The platform's own version; revisions carry it."),
    kubernetes: z
      .string()
      .optional()
      .describe('Range of Kubernetes versions that every site must be in, such as `>=1.33 <1.38`.'),
    profiles: z
      .array(Name)
      .optional()
      .describe('Named sets of settings, of this folder or the catalog, weakest first.'),
    size: z.string().optional().describe('The size of every component that has one of this name.'),
    capabilities: z.record(Name, Capability).optional().describe('Words that this platform adds to the vocabulary.'),
    secrets: z.record(Name, Secret).optional().describe('Declared here, made or given elsewhere, and never shown.'),
    components: z.record(Name, PlatformComponent),
  }),
});
export type Platform = z.infer<typeof Platform>;
