import {
  type Chart,
  ChartError,
  loadChart,
  type ReadTrace,
  type RenderedHook,
  type RenderOptions,
  renderChart,
} from '@naru/chart';
import type { ComposedComponent } from '../compose/composition.ts';
import { untrace } from '../compose/traced.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { type Kept, keptRandom } from './kept-random.ts';
import { type ManifestReading, readManifests } from './read-manifests.ts';

export interface ComponentOutput {
  readonly manifests: ManifestReading;
  readonly notes: string;
  readonly findings: readonly Finding[];
  /** Undefined for a chart that does not render. */
  readonly trace: ReadTrace | undefined;
}

/** Renders the chart of a component as release of the component's name; a chart that refuses is a finding. */
export function renderComponent(component: ComposedComponent, kubernetesVersion: string, kept: Kept): ComponentOutput {
  if (component.content.kind !== 'chart') throw new TypeError(`${component.name} has no chart`);
  const { folder, files } = component.content;
  try {
    const chart: Chart = loadChart(files);
    const rendered = renderChart(chart, { ...renderInput(component, kubernetesVersion, kept), trace: true });
    const texts = [...rendered.crds, ...rendered.manifests].map(({ template, content }) => ({
      file: template,
      text: content,
    }));
    const manifests = readManifests(component.name, texts, ({ file }) => ({
      file: templateFile(folder, file),
      line: 1,
      column: 1,
    }));
    return {
      manifests,
      notes: rendered.notes,
      findings: rendered.hooks.flatMap((hook) => hookFinding(component, hook)),
      trace: rendered.trace,
    };
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    return {
      manifests: { made: [], findings: [] },
      notes: '',
      findings: [findingOf(refusal(component, folder, error))],
      trace: undefined,
    };
  }
}

/** What the render of a component depends on, besides its chart. */
export function renderInput(component: ComposedComponent, kubernetesVersion: string, kept: Kept): RenderOptions {
  return {
    release: { name: component.name, namespace: component.namespace },
    values: untrace(component.values),
    capabilities: { kubeVersion: `v${kubernetesVersion.replace(/^v/, '')}` },
    random: keptRandom(kept, component.name),
    now: () => kept.bornAt,
  };
}

/** Tests are run by `helm test` alone; every other hook would be missed. */
function hookFinding(component: ComposedComponent, hook: RenderedHook): readonly Finding[] {
  const events = hook.events.filter((event) => event !== 'test');
  if (events.length === 0) return [];
  const details = { component: component.name, key: `${hook.kind}/${hook.name}`, events: events.join(', ') };
  return [findingOf(new NaruError('HOOK_SKIPPED', details, { place: component.place }), 'warning')];
}

function refusal(component: ComposedComponent, folder: string, error: ChartError): NaruError {
  const { place } = error;
  const details = {
    component: component.name,
    messageEn: error.messageIn('en'),
    messageKo: error.messageIn('ko'),
    remedyEn: error.remedyIn('en'),
    remedyKo: error.remedyIn('ko'),
  };
  const at: Place = place === undefined ? component.place : { ...place, file: templateFile(folder, place.file) };
  return new NaruError('CHART_REFUSED', details, { place: at, cause: error });
}

/** Helm names a template with its chart in front; a person knows the chart by its folder. */
function templateFile(folder: string, template: string): string {
  return `${folder}/${template.replace(/^[^/]*\//, '')}`;
}
