import {
  type FieldOrigin,
  loadChart,
  parseYaml,
  renderChart,
  type RenderedManifest,
  type ValuePath,
} from '@naru/chart';
import type { ComposedComponent } from '../compose/composition.ts';
import { fieldBelow } from '../object/field-path.ts';
import { isRecord } from '../object/manifest.ts';
import type { Kept } from './kept-random.ts';
import { renderInput } from './render-component.ts';

/** The chart values that went into a field of an object; none when that cannot be told. `field` is as in `spec.ports[0].port`. */
export type FieldOrigins = (kind: string, name: string, field: string) => readonly ValuePath[];

/**
 * Renders the chart of a component once more, this time keeping where each scalar comes from. That takes several times as long as
 * rendering alone, so it is for those who have a question. The component must have rendered before.
 */
export function fieldOrigins(component: ComposedComponent, kubernetesVersion: string, kept: Kept): FieldOrigins {
  if (component.content.kind !== 'chart') return () => [];
  const rendered = renderChart(loadChart(component.content.files), {
    ...renderInput(component, kubernetesVersion, kept),
    origins: true,
  });
  const manifests = new Map(rendered.manifests.map((manifest) => [identityOf(manifest), manifest]));
  const known = new Map<string, ReadonlyMap<string, readonly ValuePath[]>>();
  return (kind, name, field) => {
    const identity = `${kind}/${name}`;
    const manifest = manifests.get(identity);
    if (manifest === undefined) return [];
    const fields = known.get(identity) ?? new Map(rendered.origins?.of(manifest).fields.map(asEntry));
    known.set(identity, fields);
    return fields.get(field) ?? [];
  };
}

function asEntry({ field, values }: FieldOrigin): readonly [string, readonly ValuePath[]] {
  return [field.reduce<string>(fieldBelow, ''), values];
}

function identityOf({ content, template }: RenderedManifest): string {
  const value = parseYaml(content, { file: template });
  const { kind, metadata } = isRecord(value) ? value : {};
  return `${String(kind)}/${isRecord(metadata) ? String(metadata['name']) : ''}`;
}
