import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Chart,
  chartDefaults,
  formatTemplateOutput,
  loadChart,
  mergeValues,
  parseYaml,
  parseYamlDocuments,
  renderChart,
  type RenderedChart,
  type Values,
} from '@naru/chart';
import { isManifest, isRecord, type Manifest } from '@naru/core';

const CATALOG = fileURLToPath(new URL('../../../../catalog/', import.meta.url));

/** One folder `catalog/<component>/testdata/<name>`: values, and what the chart makes of them. */
export interface CatalogCase {
  readonly component: string;
  readonly name: string;
  /** The path of what real Helm printed, with the generated passwords masked. */
  readonly expected: string;
  readonly values: Values;
}

/** Every case of every component. A component without one is an error: nothing of the catalog goes untested. */
export function catalogCases(): readonly CatalogCase[] {
  return readdirSync(CATALOG).flatMap((component) => {
    const folder = join(CATALOG, component, 'testdata');
    return readdirSync(folder).map((name) => {
      const values = parseYaml(readFileSync(join(folder, name, 'values.yaml'), 'utf8'));
      return { component, name, expected: join(folder, name, 'expected.yaml'), values: isRecord(values) ? values : {} };
    });
  });
}

/** Renders a catalog chart as Naru does for Kubernetes 1.36.3, with random numbers that are always the same. */
export function renderCatalogChart(component: string, values: Values): RenderedChart {
  return renderChart(catalogChart(component), {
    release: { name: component, namespace: 'platform' },
    values,
    capabilities: { kubeVersion: 'v1.36.3' },
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    now: () => 0,
  });
}

/** What `helm template` prints, with the generated passwords masked. */
export function maskedOutput(rendered: RenderedChart): string {
  return formatTemplateOutput(rendered).replaceAll(
    /^( {2}[a-z-]*(?:password|cookie|client-secret): ).*$/gm,
    '$1MASKED',
  );
}

/** The objects of a rendered chart, in install order. */
export function manifestsOf(rendered: RenderedChart): readonly Manifest[] {
  return rendered.manifests.flatMap(({ content }) =>
    parseYamlDocuments(content)
      .map(({ value }) => value)
      .filter(isManifest),
  );
}

/** The values that a chart sees when a user sets `values`; a null at the top takes a default away, as in Helm. */
export function effectiveValues(component: string, values: Values): Values {
  const merged = mergeValues(chartDefaults(catalogChart(component)), values);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** The JSON Schema of a chart's values. */
export function valuesSchema(component: string): Readonly<Record<string, unknown>> {
  const schema: unknown = JSON.parse(readFileSync(join(CATALOG, component, 'chart/values.schema.json'), 'utf8'));
  if (!isRecord(schema)) throw new Error(`${component} has a schema that is no map`);
  return schema;
}

function catalogChart(component: string): Chart {
  const folder = join(CATALOG, component, 'chart');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return loadChart(new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file)])));
}
