import type { Level } from '../control-plane.ts';

export type BinaryName =
  | 'containerd'
  | 'containerd-shim-runc-v2'
  | 'coredns'
  | 'ctr'
  | 'etcd'
  | 'helm'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-proxy'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kubelet'
  | 'kwok'
  | 'pause';

/** How one binary is called in the cache and how it is made. */
export interface Recipe {
  /** Names the folder of the cache: binaries of one product and version lie side by side. */
  readonly product: string;
  readonly version: string;
  readonly build: GoBuild;
}

/** A package of a Go module, or a program of ours whose text is given. */
export interface GoBuild {
  /** What the wrapper module requires, as `path@version`; nothing for a program that needs the standard library alone. */
  readonly module?: string;
  readonly package: string;
  readonly flags: readonly string[];
  readonly program?: string;
}

const API: readonly BinaryName[] = ['etcd', 'kube-apiserver'];
const CONTROLLERS: readonly BinaryName[] = [...API, 'kube-controller-manager', 'kube-scheduler'];
const RUNTIME: readonly BinaryName[] = ['containerd', 'containerd-shim-runc-v2', 'ctr', 'pause'];

/** What each level is made of. */
export const LEVEL_BINARIES: Readonly<Record<Level, readonly BinaryName[]>> = {
  api: API,
  controllers: [...CONTROLLERS, 'kwok'],
  node: [...CONTROLLERS, 'kubelet', 'kube-proxy', ...RUNTIME, 'coredns'],
};

const CONTAINERD = '2.4.2';
const COREDNS = '1.15.0';
const HELM = '4.3.1';
const KWOK = '0.8.0';
const PAUSE = '1';

const STRIPPED = ['-ldflags', '-s -w'];
const REPRODUCIBLE = ['-trimpath', ...STRIPPED];

export function recipeOf(name: BinaryName, kubernetesVersion: string): Recipe {
  switch (name) {
    case 'containerd':
    case 'containerd-shim-runc-v2':
    case 'ctr':
      return containerdRecipe(name);
    case 'coredns': {
      const module = `github.com/coredns/coredns@v${COREDNS}`;
      const build = { module, package: '.', flags: REPRODUCIBLE, program: COREDNS_PROGRAM };
      return { product: 'coredns', version: COREDNS, build };
    }
    case 'helm':
      return moduleRecipe('helm', HELM, { path: 'helm.sh/helm/v4', flags: [] });
    case 'kwok':
      return moduleRecipe('kwok', KWOK, { path: 'sigs.k8s.io/kwok', flags: STRIPPED });
    case 'pause':
      return {
        product: 'pause',
        version: PAUSE,
        build: { package: '.', flags: REPRODUCIBLE, program: PAUSE_PROGRAM },
      };
    default:
      return kubernetesRecipe(name, kubernetesVersion);
  }
}

function moduleRecipe(name: string, version: string, source: { path: string; flags: readonly string[] }): Recipe {
  const build = { module: `${source.path}@v${version}`, package: `${source.path}/cmd/${name}`, flags: source.flags };
  return { product: name, version, build };
}

/** Without the snapshotters that need libraries of the host. */
function containerdRecipe(name: string): Recipe {
  const path = 'github.com/containerd/containerd/v2';
  return {
    product: 'containerd',
    version: CONTAINERD,
    build: {
      module: `${path}@v${CONTAINERD}`,
      package: `${path}/cmd/${name}`,
      flags: ['-tags', 'no_btrfs no_devmapper no_zfs no_aufs', ...REPRODUCIBLE],
    },
  };
}

/** etcd belongs to Kubernetes here: its version is the one whose client that Kubernetes is built with. */
function kubernetesRecipe(name: BinaryName, version: string): Recipe {
  const stamp = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .map((variable) => `-X ${variable}.gitVersion=v${version}`)
    .join(' ');
  const etcd = { package: 'go.etcd.io/etcd/server/v3', flags: REPRODUCIBLE };
  const own = { package: `k8s.io/kubernetes/cmd/${name}`, flags: ['-trimpath', '-ldflags', `-s -w ${stamp}`] };
  return {
    product: 'kubernetes',
    version,
    build: { module: `k8s.io/kubernetes@v${version}`, ...(name === 'etcd' ? etcd : own) },
  };
}

/** CoreDNS with the few plugins that a rehearsal uses, in the order in which a query meets them. */
const COREDNS_PROGRAM = `package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
)

func main() {
	dnsserver.Directives = []string{"bind", "errors", "cache", "kubernetes"}
	coremain.Run()
}
`;

/** Holds the namespaces of a pod: sleeps until it is told to end, and collects children that lost their parent. */
const PAUSE_PROGRAM = `package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGCHLD)
	for received := range signals {
		if received != syscall.SIGCHLD {
			return
		}
		for {
			if pid, _ := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 {
				break
			}
		}
	}
}
`;
