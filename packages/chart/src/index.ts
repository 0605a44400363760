/**
 * Renders Helm charts as Helm 4 does, byte for byte: files and values in, manifests out.
 *
 * Pure: no disk, no clock, no environment, no network. Every refusal is a `ChartError`.
 */
export type { Chart, ChartDependency, ChartFile, ChartFiles, ChartMaintainer, ChartMetadata } from './chart/chart.ts';
export { chartDefaults, loadChart } from './chart/load-chart.ts';
export { filterIgnored } from './chart/helm-ignore.ts';
export { readArchive } from './chart/read-archive.ts';
export { CHART_ERRORS, chartErrorDefinition } from './error/catalogue.ts';
export type { ChartErrorCode, ChartErrorDetails } from './error/catalogue.ts';
export { ChartError } from './error/chart-error.ts';
export type { ChartPlace } from './error/chart-error.ts';
export type { ChartErrorDefinition, ChartWording } from './error/definition.ts';
export type { RenderLimits } from './execute/limits.ts';
export { formatTemplateFiles, formatTemplateOutput } from './render/format-output.ts';
export type { OutputOptions } from './render/format-output.ts';
export { INSTALL_ORDER } from './render/install-order.ts';
export { renderReleaseName } from './render/name-template.ts';
export { checkReleaseName } from './render/release-name.ts';
export { renderChart } from './render/render-chart.ts';
export type { LookupRequest, RandomSource, RenderOptions } from './render/render-options.ts';
export type { HookEvent, RenderedChart, RenderedHook, RenderedManifest, Values } from './render/rendered-chart.ts';
export { parseConstraint, satisfies } from './semver/constraint.ts';
export { compareVersions, parseVersion, type Version } from './semver/version.ts';
export type { FieldOrigin, ObjectOrigin, OriginTrace } from './trace/object-origin.ts';
export type { MissingValue, ReadTrace, UnreadValue, ValuePath, ValueRead } from './trace/read-trace.ts';
export { decodeUtf8, encodeUtf8 } from './value/utf8.ts';
export { mergeValues } from './values/merge-values.ts';
export { filesNamedIn, parseSet } from './values/parse-set.ts';
export type { FileReader, SetMode } from './values/parse-set.ts';
export { readValues } from './values/read-values.ts';
export { parseYaml, parseYamlDocuments } from './yaml/parse-yaml.ts';
export type { YamlDocument, YamlOptions, YamlPosition } from './yaml/parse-yaml.ts';
export { stringifyYaml } from './yaml/stringify-yaml.ts';
