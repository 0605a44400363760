import { z } from 'zod';
import { ImageRule } from './image-rule.ts';
import { ChartChoice } from './chart.ts';
import { Name } from './name.ts';
import { API_VERSION } from './platform.ts';

const Tree = z.record(z.string(), z.unknown());

export const Setting = z
  .strictObject({
    description: z.strictObject({ en: z.string(), ko: z.string() }).optional(),
    schema: Tree.describe('JSON Schema of the value.'),
    default: z.unknown().optional(),
    to: z.array(z.string()).min(1).describe('Dotted paths of the chart values that it sets.'),
  })
  .describe('One name of the small, stable interface of a component.');
export type Setting = z.infer<typeof Setting>;

export const DeclaredNeed = z.strictObject({
  capability: z.string(),
  optional: z.boolean().optional().describe('Bound when a provider is there, left out otherwise.'),
});
export type DeclaredNeed = z.infer<typeof DeclaredNeed>;

/** `component.yaml`: what Naru must know about one installable part. */
export const Component = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Component'),
  metadata: z.strictObject({ name: Name }),
  spec: z.strictObject({
    title: z.strictObject({ en: z.string(), ko: z.string() }),
    description: z.strictObject({ en: z.string(), ko: z.string() }).optional(),
    version: z.string().describe('Version of the software.'),
    license: z.string().describe('SPDX expression of the software.'),
    chart: ChartChoice.optional().describe(
      'The Helm chart: a folder or packed chart, relative to this file, or where it is published.',
    ),
    manifests: z.array(z.string()).optional().describe('Files or globs of plain manifests, relative to this file.'),
    namespace: Name.optional().describe('Where its objects live unless the platform says otherwise.'),
    provides: z
      .record(z.string(), Tree)
      .optional()
      .describe('Capabilities, and the outputs that those who need them receive.'),
    needs: z.record(z.string(), DeclaredNeed).optional(),
    settings: z.record(z.string(), Setting).optional(),
    sizes: z
      .record(z.string(), Tree)
      .optional()
      .describe('Settings by the name of a size, such as `small`; they win over defaults and nothing else.'),
    images: z.array(ImageRule).optional().describe('Images that are not fields of pods.'),
    values: Tree.optional().describe('Chart values that hold for every platform.'),
  }),
});
export type Component = z.infer<typeof Component>;
