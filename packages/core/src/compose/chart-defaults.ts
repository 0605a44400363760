import { type ChartFiles, decodeUtf8 } from '@naru/chart';
import { type Document, readDocument } from '../document/document.ts';
import { isRecord } from '../object/manifest.ts';
import type { ComposedComponent } from './composition.ts';
import { overlay, trace, type Traced } from './traced.ts';

const VALUES_FILE = 'values.yaml';
const SUBCHART = /^charts\/([^/]+)\/(.+)$/;

/** What the chart of a component says by itself, subcharts under their names: the weakest layer of all. */
export function chartDefaultsOf({ content }: ComposedComponent): Traced {
  return content.kind === 'chart' ? defaultsOf(content.files, content.folder) : {};
}

/** The values of a chart win over those of its subcharts, as in Helm. */
function defaultsOf(files: ChartFiles, folder: string): Traced {
  const aliases = aliasesOf(files, folder);
  let defaults: Traced = {};
  for (const [name, inside] of subchartsOf(files)) {
    const own = defaultsOf(inside, `${folder}/charts/${name}`);
    const written = readYaml(inside, 'Chart.yaml', folder)?.value;
    const title = isRecord(written) && typeof written['name'] === 'string' ? written['name'] : name;
    for (const alias of aliases.get(title) ?? [title]) defaults = overlay(defaults, { [alias]: own });
  }
  const document = readYaml(files, VALUES_FILE, folder);
  if (document === undefined || !isRecord(document.value)) return defaults;
  const own = trace(document.value, (path) => ({ ...document.placeOf(path), layer: 'chart' }));
  return overlay(defaults, own);
}

/** The files of each subchart that lies unpacked in `charts/`, by the name of its folder. */
function subchartsOf(files: ChartFiles): ReadonlyMap<string, ChartFiles> {
  const subcharts = new Map<string, Map<string, Uint8Array>>();
  for (const [path, bytes] of files) {
    const [, name, inside] = SUBCHART.exec(path) ?? [];
    if (name === undefined || inside === undefined) continue;
    const found = subcharts.get(name) ?? new Map<string, Uint8Array>();
    subcharts.set(name, found.set(inside, bytes));
  }
  return subcharts;
}

/** Under which names a chart uses each of its dependencies: one may be used twice. */
function aliasesOf(files: ChartFiles, folder: string): ReadonlyMap<string, readonly string[]> {
  const chart = readYaml(files, 'Chart.yaml', folder)?.value;
  const dependencies: unknown = isRecord(chart) ? chart['dependencies'] : undefined;
  const aliases = new Map<string, string[]>();
  for (const dependency of Array.isArray(dependencies) ? dependencies : []) {
    if (!isRecord(dependency)) continue;
    const { name, alias } = dependency;
    if (typeof name !== 'string') continue;
    const names = aliases.get(name) ?? [];
    aliases.set(name, [...names, typeof alias === 'string' ? alias : name]);
  }
  return aliases;
}

/** Undefined for what is not there or no YAML; whoever renders the chart says so. */
function readYaml(files: ChartFiles, name: string, folder: string): Document | undefined {
  const bytes = files.get(name);
  return bytes === undefined ? undefined : readDocument(`${folder}/${name}`, decodeUtf8(bytes)).document;
}
