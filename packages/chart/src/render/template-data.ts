import { baseName } from '../functions/path.ts';
import { compileChartGlob } from '../chart/glob.ts';
import type { ChartDependency, ChartFile, ChartMetadata } from '../chart/chart.ts';
import { encodeBase64 } from '../value/base64.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import { Bytes, Int, Named, stringList, StringMap } from '../value/value.ts';
import type { GoFunction, Value, ValueMap } from '../value/value.ts';
import { writeYaml } from '../yaml/stringify-yaml.ts';
import type { TreeChart } from './chart-tree.ts';
import { DEFAULT_API_VERSIONS } from './default-api-versions.ts';
import type { RenderOptions } from './render-options.ts';

/** `.Values`: a map with the methods of Helm's type. */
export function valuesData(values: ValueMap): Named {
  const methods: GoFunction[] = [
    { name: 'AsMap', params: [], call: () => values },
    { name: 'YAML', params: [], call: () => writeYaml(values) },
  ];
  return new Named('common.Values', values, { methods: new Map(methods.map((method) => [method.name, method])) });
}

/** `.Release`. */
export function releaseData({ release }: RenderOptions): ValueMap {
  const isUpgrade = release.isUpgrade ?? false;
  return new Map<string, Value>([
    ['Name', release.name],
    ['Namespace', release.namespace],
    ['IsUpgrade', isUpgrade],
    ['IsInstall', !isUpgrade],
    ['Revision', new Int(release.revision ?? 1)],
    ['Service', release.service ?? 'Helm'],
  ]);
}

/** The parts of a Kubernetes version as charts see them; nothing when it is none. */
export function kubeVersionParts(version: string): { major: string; minor: string; normalized: string } | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '0'] = match;
  return { major, minor, normalized: `v${major}.${minor}.${patch}` };
}

/** `.Capabilities`. */
export function capabilitiesData({ capabilities }: RenderOptions): Named {
  const parts = kubeVersionParts(capabilities.kubeVersion) ?? { major: '', minor: '', normalized: '' };
  const version = capabilities.kubeVersion.startsWith('v') ? capabilities.kubeVersion : `v${capabilities.kubeVersion}`;
  const getter = (name: string, value: Value): [string, GoFunction] => [name, { name, params: [], call: () => value }];
  const kubeVersion = new Named(
    'common.KubeVersion',
    new Map<string, Value>([
      ['Version', version],
      ['Major', parts.major],
      ['Minor', parts.minor],
    ]),
    {
      isStruct: true,
      methods: new Map([getter('String', parts.normalized), getter('GitVersion', version)]),
      text: parts.normalized,
    },
  );
  const known: Value[] = [...DEFAULT_API_VERSIONS, ...(capabilities.apiVersions ?? [])];
  const has: GoFunction = { name: 'Has', params: ['string'], call: ([wanted]) => known.includes(wanted) };
  return new Named(
    '*common.Capabilities',
    new Map<string, Value>([
      ['KubeVersion', kubeVersion],
      ['APIVersions', new Named('common.VersionSet', known, { methods: new Map([['Has', has]]) })],
      ['HelmVersion', helmVersion()],
    ]),
    { isStruct: true },
  );
}

/** What the compatible Helm says of itself. */
function helmVersion(): Named {
  const fields: [string, Value][] = [
    ['Version', 'v4.3'],
    ['GitCommit', ''],
    ['GitTreeState', ''],
    ['GoVersion', ''],
    ['KubeClientVersion', 'v1.37'],
  ];
  return new Named('version.BuildInfo', new Map(fields), { isStruct: true });
}

/** `.Files`: everything in the chart that is neither a template nor metadata. */
export function filesData(files: readonly ChartFile[]): Named {
  const content = new Map<string, Value>(files.map(({ name, data }) => [name, new Bytes(data)]));
  return new Named('engine.files', content, { methods: fileMethods(files) });
}

function fileMethods(files: readonly ChartFile[]): ReadonlyMap<string, GoFunction> {
  const bytesOf = (name: Value): Uint8Array => files.find((file) => file.name === name)?.data ?? new Uint8Array();
  const asMap = (text: (data: Uint8Array) => string): string => {
    const entries = files.map(({ name, data }): [string, Value] => [baseName(name), text(data)]);
    return writeYaml(new Map(entries)).replace(/\n$/, '');
  };
  const glob = (pattern: Value): Named => {
    const expression = compileChartGlob(typeof pattern === 'string' ? pattern : '');
    return filesData(files.filter((file) => expression.test(file.name)));
  };
  const methods: GoFunction[] = [
    { name: 'Get', params: ['string'], call: ([name]) => decodeUtf8(bytesOf(name)) },
    { name: 'GetBytes', params: ['string'], call: ([name]) => new Bytes(bytesOf(name)) },
    { name: 'Glob', params: ['string'], call: ([pattern]) => glob(pattern) },
    { name: 'Lines', params: ['string'], call: ([name]) => linesOf(decodeUtf8(bytesOf(name))) },
    { name: 'AsConfig', params: [], call: () => asMap(decodeUtf8) },
    { name: 'AsSecrets', params: [], call: () => asMap(encodeBase64) },
  ];
  return new Map(methods.map((method) => [method.name, method]));
}

function linesOf(text: string): Value {
  return stringList(text === '' ? [] : text.replace(/\n$/, '').split('\n'));
}

/** `.Chart`: Helm turns the metadata into a map under the names of its Go fields. */
export function chartData({ chart, name, isRoot, requirements }: TreeChart): ValueMap {
  const { metadata } = chart;
  return new Map<string, Value>([
    ['Name', name],
    ['Home', metadata.home],
    ['Sources', [...metadata.sources]],
    ['Version', metadata.version],
    ['Description', metadata.description],
    ['Keywords', [...metadata.keywords]],
    ['Maintainers', metadata.maintainers.map(maintainerData)],
    ['Icon', metadata.icon],
    ['APIVersion', metadata.apiVersion],
    ['Condition', metadata.condition],
    ['Tags', metadata.tags],
    ['AppVersion', metadata.appVersion],
    ['Deprecated', metadata.deprecated],
    ['Annotations', new StringMap(metadata.annotations)],
    ['KubeVersion', metadata.kubeVersion],
    ['Dependencies', requirements.map(dependencyData)],
    ['Type', metadata.type],
    ['IsRoot', isRoot],
  ]);
}

function maintainerData({ name, email, url }: ChartMetadata['maintainers'][number]): ValueMap {
  return new Map([
    ['Name', name],
    ['Email', email],
    ['URL', url],
  ]);
}

function dependencyData(dependency: ChartDependency): ValueMap {
  return new Map<string, Value>([
    ['Name', dependency.alias || dependency.name],
    ['Version', dependency.version],
    ['Repository', dependency.repository],
    ['Condition', dependency.condition],
    ['Tags', [...dependency.tags]],
    ['Enabled', true],
    ['ImportValues', dependency.importValues.map(importData)],
    ['Alias', dependency.alias],
  ]);
}

function importData(entry: ChartDependency['importValues'][number]): ValueMap {
  const [child, parent] = typeof entry === 'string' ? [`exports.${entry}`, '.'] : [entry.child, entry.parent];
  return new StringMap([
    ['child', child],
    ['parent', parent],
  ]);
}
