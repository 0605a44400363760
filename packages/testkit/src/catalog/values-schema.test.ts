import { isRecord } from '@naru/core';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { catalogCases, effectiveValues, valuesSchema } from './catalog-chart.ts';

/** The places at which a chart's schema refuses what its user sets; JSON Pointers. */
function refusedPlaces(component: string, values: Readonly<Record<string, unknown>>): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
  const validate = ajv.compile(valuesSchema(component));
  validate(effectiveValues(component, values));
  return (validate.errors ?? []).map(
    ({ instancePath, params }) => `${instancePath}/${params['additionalProperty'] ?? ''}`,
  );
}

it.each(catalogCases())('accepts the values of $component, $name', ({ component, values }) => {
  expect(refusedPlaces(component, values)).toEqual([]);
});

describe('refuses', () => {
  const bound = { database: { host: 'db', secretName: 'db' }, cache: { host: 'cache', secretName: 'cache' } };

  it.each([
    ['postgresql', 'a number as text', { maxConnections: 'many' }, '/maxConnections/'],
    ['postgresql', 'too few connections', { maxConnections: 1 }, '/maxConnections/'],
    ['postgresql', 'a name that SQL would have to quote', { databases: ['My-Shop'] }, '/databases/0/'],
    ['postgresql', 'a database twice', { databases: ['shop', 'shop'] }, '/databases/'],
    ['postgresql', 'a size in gigabytes', { persistence: { size: '10GB' } }, '/persistence/size/'],
    ['postgresql', 'a misspelt name', { persistense: {} }, '/persistense'],
    ['postgresql', 'half a digest', { image: { digest: 'sha256:abc' } }, '/image/digest/'],
    ['valkey', 'a policy that does not exist', { maxMemoryPolicy: 'forget' }, '/maxMemoryPolicy/'],
    ['valkey', 'persistence that is not yes or no', { persistence: { enabled: 'maybe' } }, '/persistence/enabled/'],
    ['valkey', 'a directive that is no text', { config: { timeout: 300 } }, '/config/timeout/'],
    ['prometheus', 'a retention without a unit', { retention: { time: '15' } }, '/retention/time/'],
    [
      'prometheus',
      'rules that are no rule file',
      { rules: { files: { 'a.yaml': { group: [] } } } },
      '/rules/files/a.yaml/',
    ],
    ['grafana', 'replicas without a database they share', { replicas: 2 }, '/database/host/'],
    ['loki', 'a bucket of no store', { objectStore: { bucket: 'logs' } }, '/objectStore/url/'],
    ['tempo', 'a retention in days', { retention: '14d' }, '/retention/'],
    ['opentelemetry-collector', 'an address that is no URL', { logs: { url: 'loki:3100' } }, '/logs/url/'],
    ['rabbitmq', 'an even number of servers', { replicas: 2 }, '/replicas/'],
    ['keycloak', 'no database', {}, '/database/host/'],
    [
      'ingress',
      'an endpoint without a namespace',
      { endpoints: { web: { host: 'a', service: 'web', port: 80 } } },
      '/endpoints/web/',
    ],
    ['ingress', 'an API that does not exist', { api: 'route' }, '/api/'],
    ['hello', 'no database', { cache: bound.cache }, '/database/host/'],
    ['hello', 'no replicas', { ...bound, replicas: 0 }, '/replicas/'],
    ['hello', 'an ingress without a host', { ...bound, ingress: { enabled: true } }, '/ingress/host/'],
    ['hello', 'a port that is no number', { ...bound, cache: { ...bound.cache, port: 'redis' } }, '/cache/port/'],
  ])('%s: %s', (component, _, values, place) => {
    expect(refusedPlaces(component, values)).toContain(place);
  });
});

it.each([...new Set(catalogCases().map(({ component }) => component))])(
  '%s describes each of its values',
  (component) => {
    const properties = valuesSchema(component)['properties'];
    const described = isRecord(properties) ? Object.keys(properties) : [];

    // Helm itself adds `global`.
    expect([...described].sort()).toEqual(['global', ...Object.keys(effectiveValues(component, {}))].sort());
  },
);
