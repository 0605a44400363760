import { originAt } from '../compose/settings.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import type { Finding } from '../finding/finding.ts';
import type { Checking } from './checking.ts';

/** Findings about a field that a value of the platform went into stand where that value was set; the others stay where they are. */
export function atTheirValues(findings: readonly Finding[], checking: Checking): readonly Finding[] {
  const components = new Map(checking.composition.components.map((component) => [component.name, component]));
  const objects = new Map(checking.objects.map((object) => [object.key as string, object]));
  const placeOf = ({ details }: NaruError): Place | undefined => {
    if (!('key' in details) || !('field' in details)) return undefined;
    const object = objects.get(details.key);
    const component = object && components.get(object.component);
    if (object === undefined || component === undefined) return undefined;
    const { kind, metadata } = object.manifest;
    const values = checking.originsOf(component.name)?.(kind, metadata.name, details.field) ?? [];
    // What the platform leaves to the chart has no place of the platform's.
    const set = values.filter((path) => path.every((step) => typeof step === 'string')).map((path) => path.map(String));
    return set.flatMap((path) => (isSet(component.values, path) ? (originAt(component.values, path) ?? []) : []))[0];
  };
  return findings.map((finding): Finding => {
    const place = placeOf(finding.error);
    if (place === undefined) return finding;
    const { code, details } = finding.error;
    return { ...finding, error: new NaruError(code, details, { place, cause: finding.error }) };
  });
}

function isSet(values: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (typeof values !== 'object' || values === null || !Object.hasOwn(values, step)) return false;
  return isSet((values as Readonly<Record<string, unknown>>)[step], rest);
}
