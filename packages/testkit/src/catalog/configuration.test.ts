import { parseYaml, parseYamlDocuments, type Values } from '@naru/chart';
import { isRecord, type Manifest } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { catalogCases, manifestsOf, renderCatalogChart } from './catalog-chart.ts';
import { child } from './pod-rules.ts';

describe.each(catalogCases())('$component, $name', ({ component, values }) => {
  it('has files of configuration that can be read', () => {
    const unreadable = manifestsOf(renderCatalogChart(component, values))
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ data }) => Object.entries(isRecord(data) ? data : {}))
      .filter(([file, text]) => /\.(?:ya?ml|json)$/.test(file) && !isReadable(String(text)))
      .map(([file]) => file);

    expect(unreadable).toEqual([]);
  });
});

describe('prometheus', () => {
  const jobs = (values: Values): readonly unknown[] => {
    const list = configuration('prometheus', values, 'prometheus', 'prometheus.yml')['scrape_configs'];
    return (Array.isArray(list) ? list : []).map((job: unknown) => (isRecord(job) ? job['job_name'] : job));
  };

  it('asks what is switched on, and nobody else', () => {
    const off = { enabled: false };

    expect(jobs({})).toEqual(['prometheus', 'pods', 'kube-state-metrics', 'containers', 'kubelet']);
    expect(jobs({ kubelet: off, kubeStateMetrics: off })).toEqual(['prometheus', 'pods']);
    expect(jobs({ nodeExporter: { enabled: true } })).toContain('node-exporter');
    expect(jobs({ scrapeConfigs: [{ job_name: 'outside' }] })).toContain('outside');
  });

  it('asks kubelets only with the right to', () => {
    const rights = (values: Values): string =>
      JSON.stringify(objectOf('prometheus', values, 'ClusterRole', CLUSTER_NAME));

    expect(rights({})).toContain('nodes/metrics');
    expect(rights({ kubelet: { enabled: false } })).not.toContain('nodes/metrics');
  });

  it('tells every replica of Alertmanager, and these tell each other', () => {
    const { alerting } = configuration('prometheus', { alertmanager: { replicas: 2 } }, 'prometheus', 'prometheus.yml');
    const servers = JSON.stringify(
      objectOf('prometheus', { alertmanager: { replicas: 2 } }, 'StatefulSet', ALERTMANAGER),
    );

    for (const ordinal of [0, 1]) {
      const host = `${ALERTMANAGER}-${ordinal}.${ALERTMANAGER}-headless.platform.svc`;
      expect(JSON.stringify(alerting)).toContain(`"${host}:9093"`);
      expect(servers).toContain(`"--cluster.peer=${host}:9094"`);
    }
  });

  it('tells nobody when Alertmanager is off', () => {
    const { alerting } = configuration(
      'prometheus',
      { alertmanager: { enabled: false } },
      'prometheus',
      'prometheus.yml',
    );

    expect(alerting).toBeUndefined();
  });
});

describe('opentelemetry-collector', () => {
  const pipelines = (values: Values): readonly string[] => {
    const { service } = configuration('opentelemetry-collector', values, 'opentelemetry-collector', 'config.yaml');
    return Object.keys(child({ service }, 'service')['pipelines'] ?? {});
  };

  it('takes only what it can pass on', () => {
    expect(pipelines({ logs: { url: 'http://loki.platform.svc:3100/otlp' } })).toEqual(['logs']);
  });

  it('runs before anything is bound', () => {
    expect(pipelines({})).toEqual(['traces']);
  });
});

describe('loki and tempo', () => {
  const bucket = { bucket: 'kept', url: 'https://s3.example.org', region: 'eu' };

  it('speak TLS to a store that does', () => {
    const logs = configuration('loki', { objectStore: bucket }, 'loki', 'loki.yaml');
    const traces = configuration('tempo', { objectStore: bucket }, 'tempo', 'tempo.yaml');

    expect(child(child(logs, 'common'), 'storage')['s3']).toMatchObject({
      endpoint: 's3.example.org',
      insecure: false,
    });
    expect(child(child(traces, 'storage'), 'trace')).toMatchObject({ backend: 's3', s3: { insecure: false } });
  });

  it.each(['loki', 'tempo'])('%s may call the store at its port', (component) => {
    const ports = (url: string): string =>
      JSON.stringify(objectOf(component, { objectStore: { ...bucket, url } }, 'NetworkPolicy', component));

    expect(ports('https://s3.example.org')).toContain('"port":443');
    expect(ports('http://s3.example.org')).toContain('"port":80}');
    expect(ports('http://s3.example.org:9000')).toContain('"port":9000');
  });
});

const ALERTMANAGER = 'prometheus-alertmanager';
const CLUSTER_NAME = 'platform-prometheus';

function isReadable(text: string): boolean {
  try {
    return parseYamlDocuments(text).length > 0;
  } catch {
    return false;
  }
}

function objectOf(component: string, values: Values, kind: string, name: string): Manifest {
  const found = manifestsOf(renderCatalogChart(component, values)).find(
    (object) => object.kind === kind && object.metadata.name === name,
  );
  if (found === undefined) throw new Error(`${component} makes no ${kind} ${name}`);
  return found;
}

function configuration(
  component: string,
  values: Values,
  configMap: string,
  file: string,
): Readonly<Record<string, unknown>> {
  const parsed = parseYaml(String(child(objectOf(component, values, 'ConfigMap', configMap), 'data')[file]));
  if (!isRecord(parsed)) throw new Error(`${component} has no ${file}`);
  return parsed;
}
