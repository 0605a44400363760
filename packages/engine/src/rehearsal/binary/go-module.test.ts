import { expect, it } from 'vitest';
import { kubernetesModule, wrapperModule } from './go-module.ts';

const GO_MOD = `module k8s.io/kubernetes

go 1.25.0

require (
	go.etcd.io/etcd/api/v3 v3.6.5
	go.etcd.io/etcd/client/v3 v3.6.5
	k8s.io/api v0.0.0
	k8s.io/klog/v2 v2.130.1
)

require go.etcd.io/etcd/server/v3 v3.6.4 // indirect

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	k8s.io/mount-utils => ./staging/src/k8s.io/mount-utils
)
`;

it('replaces every library by the published version of the same patch', () => {
  expect(kubernetesModule('1.34.4', GO_MOD)).toBe(`module naru.dev/rehearsal

go 1.25.0

require (
	go.etcd.io/etcd/server/v3 v3.6.5
	k8s.io/kubernetes v1.34.4
)

replace (
	k8s.io/api => k8s.io/api v0.34.4
	k8s.io/mount-utils => k8s.io/mount-utils v0.34.4
)

`);
});

it('reads replacements that stand alone', () => {
  const single = GO_MOD.replace(/replace \([^)]*\)/, 'replace k8s.io/api => ./staging/src/k8s.io/api');
  expect(kubernetesModule('1.34.4', single)).toContain('\tk8s.io/api => k8s.io/api v0.34.4\n)');
});

it.each([
  ['libraries', /replace \([^)]*\)/],
  ['etcd', /\tgo\.etcd\.io\/etcd\/client.*\n/],
  ['version of Go', /^go .*\n/m],
])('refuses a go.mod without %s instead of building something else', (_what, part) => {
  expect(() => kubernetesModule('1.34.4', GO_MOD.replace(part, ''))).toThrow('go.mod of Kubernetes 1.34.4');
});

it('requires one module, or none', () => {
  expect(wrapperModule('sigs.k8s.io/kwok@v0.8.0')).toContain('\nrequire sigs.k8s.io/kwok v0.8.0\n');
  expect(wrapperModule(undefined)).not.toContain('require');
});
