import { z } from 'zod';
import { EventOutput } from './event-output.ts';
import { Action, Code, Component, Count, Key, Place, Reason, StatusReason, Word } from './output-words.ts';

/**
 * What commands print with `-o json`, once: the types that printers answer with, and the published JSON Schemas. Printers
 * import types alone, so that no command waits for the schema library.
 */
const Finding = z.strictObject({
  code: Code,
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string().describe('In the language of the caller.'),
  remedy: z.string().describe('In the language of the caller.'),
  place: Place.optional().describe('Where the cause stands, when it stands in a file.'),
  waived: z
    .strictObject({ until: z.string().describe('Last day, as `YYYY-MM-DD`.'), reason: z.string() })
    .optional()
    .describe('The waiver that takes it back, when there is one.'),
});
export type FindingOutput = z.infer<typeof Finding>;

export const CheckOutput = z
  .strictObject({ findings: z.array(Finding) })
  .describe('`naru check -o json`: everything that was found, in the order of the files.');
export type CheckOutput = z.infer<typeof CheckOutput>;

export const ImagesOutput = z
  .strictObject({
    images: z.array(
      z.strictObject({
        image: z.string(),
        component: z.string(),
        object: Key,
        path: z.string().describe('Field of the object.'),
      }),
    ),
  })
  .describe('`naru images -o json`: every use of every image.');
export type ImagesOutput = z.infer<typeof ImagesOutput>;

export const PullOutput = z
  .strictObject({
    file: z.string().describe('The archive that was written.'),
    digest: z.string().describe('Pins the chart: `--digest`, or after `@` in a registry.'),
    source: z.string().describe('Where it came from.'),
    signature: z.string().optional().describe('The signature file that was written.'),
  })
  .describe('`naru chart pull -o json`.');
export type PullOutput = z.infer<typeof PullOutput>;

const Origin = z.strictObject({
  layer: z.enum(['chart', 'component', 'size', 'profile', 'platform', 'site', 'set']),
  place: Place.optional().describe('Absent for what the command line says.'),
  setting: z.string().optional().describe('The setting that was set there, for a value that follows from one.'),
});
const Said = Origin.extend({ value: z.unknown() });

export const ExplainOutput = z
  .strictObject({
    site: z.string(),
    values: z.array(
      z.strictObject({
        path: z.string().describe('From the component on; dots within a key are written `\\.`.'),
        value: z.unknown().describe('What holds; null where a layer took the key away.'),
        said: z.array(Said).min(1).describe('What each layer says, strongest first: the first one holds.'),
      }),
    ),
  })
  .describe('`naru explain -o json`: every value at or below a path, and where it comes from.');
export type ExplainOutput = z.infer<typeof ExplainOutput>;

export const ComposeOutput = z
  .strictObject({
    platform: z.string(),
    version: z.string().optional(),
    site: z.string(),
    components: z
      .array(
        z.strictObject({
          component: z.string(),
          version: z.string().optional(),
          size: z.string().optional().describe('Absent for a component without sizes, or with none chosen.'),
          namespace: z.string(),
          standsOn: z.array(z.string()).readonly().describe('Components that must be ready before.'),
          bindings: z
            .array(
              z.strictObject({
                alias: z.string(),
                capability: z.string(),
                provider: z.string().optional().describe('Absent for one outside the platform.'),
                outputs: z.record(z.string(), z.unknown()),
              }),
            )
            .readonly(),
          secrets: z.array(z.string()).readonly().describe('Secrets of the platform that it gets, by name.'),
          settings: z.record(z.string(), z.unknown()).describe('Effective settings.'),
          values: z.record(z.string(), z.unknown()).describe('Chart values above the defaults of the chart.'),
        }),
      )
      .describe('In the order of the delivery.'),
  })
  .describe('`naru compose -o json`.');
export type ComposeOutput = z.infer<typeof ComposeOutput>;

export const GraphOutput = z
  .strictObject({
    nodes: z.array(
      z.strictObject({ id: z.string(), title: z.string(), isOutside: z.boolean().describe('Not of the platform.') }),
    ),
    edges: z.array(
      z.strictObject({
        from: z.string().describe('Stands on `to`.'),
        to: z.string(),
        capabilities: z.array(z.string()).readonly().describe('Needed of `to`; none when `from` only comes after.'),
      }),
    ),
  })
  .describe('`naru graph -o json`: who stands on whom.');
export type GraphOutput = z.infer<typeof GraphOutput>;

export const PlanOutput = z
  .strictObject({
    platform: z.string(),
    version: z.string().optional(),
    site: z.string(),
    revision: z.string().describe('Digest of what is delivered.'),
    summary: z.record(Action, Count).describe('Steps by action.'),
    steps: z
      .array(
        z.strictObject({
          action: Action,
          key: Key,
          component: Component,
          reason: Reason,
          risks: z.array(z.enum(['restarts-pods', 'loses-data'])).readonly(),
          changes: z
            .array(
              z.strictObject({
                path: z.string(),
                before: z.unknown().optional().describe('Absent for a field that was not there.'),
                after: z.unknown().optional().describe('Absent for a field that goes.'),
              }),
            )
            .readonly()
            .describe('Fields that differ; the data of Secrets is masked.'),
        }),
      )
      .describe('In the order in which they are carried out.'),
  })
  .describe('`naru plan -o json`.');
export type PlanOutput = z.infer<typeof PlanOutput>;

export const StatusOutput = z
  .strictObject({
    platform: z.string(),
    site: z.string(),
    version: z.string().optional(),
    revision: z.string(),
    healthy: z.boolean(),
    components: z
      .array(
        z.strictObject({
          component: Component,
          word: Word.describe('The worst among its objects.'),
          current: Count,
          total: Count,
          troubled: z
            .array(
              z.strictObject({
                key: Key,
                status: z.strictObject({ word: Word, reason: StatusReason }),
                causes: z
                  .array(z.strictObject({ pod: z.string(), reason: z.string(), message: z.string() }))
                  .readonly(),
              }),
            )
            .readonly()
            .describe('Objects that are not Current.'),
        }),
      )
      .readonly(),
  })
  .describe('`naru status -o json`.');
export type StatusOutput = z.infer<typeof StatusOutput>;

export const BatchOutput = z
  .strictObject({
    releases: z.array(
      z.strictObject({
        name: z.string(),
        state: z
          .enum(['rendered', 'unchanged', 'failed'])
          .describe('`unchanged`: nothing that the output follows from changed since an earlier run.'),
        file: z.string().describe('What was written.'),
        findings: z.array(Finding).describe('Why the release was refused; empty when it was not.'),
      }),
    ),
  })
  .describe('`naru chart template --batch -o json`: what became of each release, in the order of the list.');
export type BatchOutput = z.infer<typeof BatchOutput>;

export const CatalogOutput = z
  .strictObject({
    components: z.array(
      z.strictObject({
        name: z.string(),
        title: z.string().describe('In the language of the caller.'),
        description: z.string().optional().describe('In the language of the caller.'),
        version: z.string().describe('Version of the software.'),
        license: z.string().describe('SPDX expression of the software.'),
        provides: z.array(z.string()).describe('Capabilities.'),
        needs: z.array(z.strictObject({ alias: z.string(), capability: z.string(), optional: z.boolean() })),
        settings: z.array(
          z.strictObject({
            name: z.string(),
            description: z.string().optional().describe('In the language of the caller.'),
            schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value.'),
            default: z.unknown().optional(),
          }),
        ),
        sizes: z.array(z.string()),
      }),
    ),
  })
  .describe('`naru catalog list -o json`: the components that come with Naru.');
export type CatalogOutput = z.infer<typeof CatalogOutput>;

/** The schema of each output, by the name of its published file. */
export const OUTPUTS = {
  batch: BatchOutput,
  catalog: CatalogOutput,
  check: CheckOutput,
  compose: ComposeOutput,
  explain: ExplainOutput,
  graph: GraphOutput,
  images: ImagesOutput,
  pull: PullOutput,
  plan: PlanOutput,
  status: StatusOutput,
  event: EventOutput,
} as const;
