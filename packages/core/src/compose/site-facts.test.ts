import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/document.ts';
import { readSpec } from '../spec/read-spec.ts';
import { Site } from '../spec/site.ts';
import { proxyFindings, siteFacts, siteScope } from './site-facts.ts';
import type { Written } from './sources.ts';

function site(spec: string): Written<Site> {
  const head = 'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: seoul }\n';
  const { document } = readDocument('sites/seoul.yaml', `${head}spec:\n  ${spec}\n`);
  const reading = document === undefined ? undefined : readSpec(Site, document);
  if (document === undefined || reading?.spec === undefined) throw new Error(JSON.stringify(reading?.findings));
  return { spec: reading.spec, document };
}

const PROXIED = site(
  'proxy: { https: "http://proxy:3128", noProxy: [.seoul.example, localhost] }\n' +
    '  network: { podCIDR: "10.233.64.0/18, fd00::/48", serviceCIDR: 10.233.0.0/18, nodeCIDR: 10.20.0.0/24 }\n' +
    '  registry: { host: "registry.seoul.example:5000" }',
);
const DIRECT = [
  'localhost',
  '127.0.0.1',
  '::1',
  '.svc',
  '.cluster.local',
  '10.233.64.0/18',
  'fd00::/48',
  '10.233.0.0/18',
  '10.20.0.0/24',
  'registry.seoul.example',
  '.seoul.example',
];

describe('a site behind a proxy', () => {
  it('reaches the cluster, its networks, the registry and what the user names directly', () => {
    expect(siteFacts(PROXIED).proxy).toEqual({ http: undefined, https: 'http://proxy:3128', noProxy: DIRECT });
    expect(proxyFindings(PROXIED)).toEqual([]);
  });

  it('gives the whole list to expressions', () => {
    expect(siteScope(PROXIED)).toMatchObject({
      name: 'seoul',
      proxy: { https: 'http://proxy:3128', noProxy: DIRECT },
      network: { clusterDomain: 'cluster.local', nodeCIDR: '10.20.0.0/24' },
    });
  });

  it('is warned when it does not say its networks', () => {
    const found = proxyFindings(site('proxy: { http: "http://proxy:3128" }\n  network: { podCIDR: 10.0.0.0/8 }'));

    expect(found.map(({ severity, error }) => [severity, error.code, error.place?.line, error.message])).toEqual([
      [
        'warning',
        'PROXY_NETWORK_UNKNOWN',
        5,
        'there is a proxy, and the site does not say its networks: serviceCIDR, nodeCIDR',
      ],
    ]);
  });
});

describe('a site without a proxy', () => {
  it('says nothing of one', () => {
    const plain = site('network: { clusterDomain: k8s.example }');

    expect(siteFacts(plain).proxy).toBeUndefined();
    expect(siteScope(plain)).toEqual({ name: 'seoul', network: { clusterDomain: 'k8s.example' } });
    expect(proxyFindings(plain)).toEqual([]);
  });

  it('takes the one storage class for shared volumes too', () => {
    expect(siteFacts(site('storage: { class: nfs }')).sharedStorageClass).toBe('nfs');
    expect(siteFacts(site('storage: { class: fast, sharedClass: nfs }')).sharedStorageClass).toBe('nfs');
  });
});

it.each(['nowhere', '10.0.0.0', '10.0.0.0/8,', '10.0.0.0/1234'])('refuses %j as a network', (range) => {
  expect(() => site(`network: { podCIDR: "${range}" }`)).toThrow('FIELD_INVALID');
});
