/** A wrapper module that requires nothing but `module` (`path@version`); Go completes it. */
export function wrapperModule(module: string | undefined): string {
  const [path, version] = module?.split('@') ?? [];
  return `${HEADER}\n${path === undefined ? '' : `\nrequire ${path} ${version}\n`}`;
}

/**
 * A wrapper module that can build Kubernetes. Its own `go.mod` points to folders of its repository for the libraries
 * that are published as `v0.<minor>.<patch>`; those replacements hold only inside that repository, so they are made
 * here again with the published versions. etcd's server comes at the version of the client that Kubernetes names.
 */
export function kubernetesModule(version: string, kubernetesGoMod: string): string {
  const libraries = [...kubernetesGoMod.matchAll(/^\s*(?:replace )?(k8s\.io\/[\w-]+) => \.\/staging\//gm)];
  const etcd = /^\s*go\.etcd\.io\/etcd\/client\/v3 (\S+)/m.exec(kubernetesGoMod)?.[1];
  const go = /^go (\S+)/m.exec(kubernetesGoMod)?.[1];
  if (libraries.length === 0 || etcd === undefined || go === undefined) {
    throw new Error(`the go.mod of Kubernetes ${version} does not look as expected`);
  }
  const published = `v${version.replace(/^1\./, '0.')}`;
  const replacements = libraries.map(([, path = '']) => `${path} => ${path} ${published}`);
  return [
    'module naru.dev/rehearsal',
    `go ${go}`,
    block('require', [`go.etcd.io/etcd/server/v3 ${etcd}`, `k8s.io/kubernetes v${version}`]),
    block('replace', replacements),
    '',
  ].join('\n\n');
}

function block(directive: string, lines: readonly string[]): string {
  return `${directive} (\n${lines.map((line) => `\t${line}\n`).join('')})`;
}

const HEADER = 'module naru.dev/rehearsal\n\ngo 1.26.0';
