import { parseYaml } from '@naru/chart';
import { isRecord, type Manifest } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { prepareExample } from './example-platform.ts';
import { child } from './pod-rules.ts';

const HERE = 'observability.svc';

describe.each(['dev', 'prod'])('examples/observability at site %s', (site) => {
  it('has nothing to find fault with', async () => {
    expect((await prepareExample('observability', site)).findings).toEqual([]);
  });

  it('makes a data source of everything that answers questions', async () => {
    const { datasources } = await configuration(site, 'grafana', 'datasources.yaml');

    expect(datasources).toMatchObject([
      { uid: 'metrics', type: 'prometheus', url: `http://prometheus.${HERE}:9090` },
      { uid: 'logs', type: 'loki', url: `http://loki.${HERE}:3100` },
      { uid: 'traces', type: 'tempo', url: `http://tempo.${HERE}:3200` },
    ]);
  });

  it('takes each signal from the collector to where it is kept', async () => {
    const { exporters, service } = await configuration(site, 'opentelemetry-collector', 'config.yaml');

    expect(exporters).toMatchObject({
      prometheus_remote_write: { endpoint: `http://prometheus.${HERE}:9090/api/v1/write` },
      'otlp_http/logs': { endpoint: `http://loki.${HERE}:3100/otlp` },
      'otlp_http/traces': { endpoint: `http://tempo.${HERE}:4318` },
    });
    expect(service).toMatchObject({
      pipelines: {
        metrics: { exporters: ['prometheus_remote_write'] },
        logs: { exporters: ['otlp_http/logs'] },
        traces: { exporters: ['otlp_http/traces'] },
      },
    });
  });

  it('writes metrics of the traces to where metrics are kept', async () => {
    const { metrics_generator: generator } = await configuration(site, 'tempo', 'tempo.yaml');

    expect(generator).toMatchObject({
      storage: { remote_write: [{ url: `http://prometheus.${HERE}:9090/api/v1/write` }] },
    });
  });
});

it('says on every metric of which platform and site it is', async () => {
  const { global } = await configuration('prod', 'prometheus', 'prometheus.yml');

  expect(global).toMatchObject({ external_labels: { platform: 'observability', site: 'prod' } });
});

it('lets people log in to Grafana with a client whose secret Keycloak has', async () => {
  const objects = await manifests('prod');
  const grafana = dataOf(objects, 'ConfigMap', 'grafana')['grafana.ini'];
  const job = JSON.stringify(
    objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('keycloak')),
  );

  expect(grafana).toContain('client_id = grafana\n');
  expect(grafana).toContain('auth_url = https://keycloak.watch.example.org/realms/observability/');
  expect(grafana).toContain(`token_url = http://keycloak.${HERE}:8080/realms/observability/`);
  expect(Object.keys(dataOf(objects, 'Secret', 'keycloak'))).toContain('grafana-client-secret');
  expect(job).toContain('"args":["grafana"]');
});

it('publishes what components declare under the domain of the site, and nothing where there is none', async () => {
  const hosts = async (site: string): Promise<readonly unknown[]> =>
    (await manifests(site))
      .filter(({ kind }) => kind === 'Ingress')
      .flatMap(({ spec }) => (isRecord(spec) && Array.isArray(spec['rules']) ? spec['rules'] : []))
      .map((rule: unknown) => (isRecord(rule) ? rule['host'] : undefined));

  expect(await hosts('prod')).toEqual(['grafana.watch.example.org', 'keycloak.watch.example.org']);
  expect(await hosts('dev')).toEqual([]);
});

it('lets Grafana call what it shows, and the log-in, and nobody else', async () => {
  const policy = (await manifests('prod')).find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'grafana',
  );
  const rules = child(policy ?? {}, 'spec')['egress'];
  const called = (Array.isArray(rules) ? rules : []).map(
    (rule: unknown) => /instance":"([a-z]+)"/.exec(JSON.stringify(rule))?.[1],
  );

  expect(called).toEqual(['prometheus', 'loki', 'tempo', 'keycloak', undefined]);
});

async function manifests(site: string): Promise<readonly Manifest[]> {
  const { revision } = await prepareExample('observability', site);
  return revision.components.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
}

/** A file of a ConfigMap that is named after its component. */
async function configuration(
  site: string,
  component: string,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const text = dataOf(await manifests(site), 'ConfigMap', component)[file];
  const parsed: unknown = parseYaml(String(text));
  if (!isRecord(parsed)) throw new Error(`${component} has no ${file} at ${site}`);
  return parsed;
}

function dataOf(objects: readonly Manifest[], kind: string, name: string): Readonly<Record<string, unknown>> {
  return child(objects.find((object) => object.kind === kind && object.metadata.name === name) ?? {}, 'data');
}
