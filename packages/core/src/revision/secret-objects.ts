import type { ComposedComponent, Composition } from '../compose/composition.ts';
import { secretName } from '../compose/secrets.ts';
import type { SiteFacts } from '../compose/site-facts.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Manifest } from '../object/manifest.ts';
import type { Secret } from '../spec/secret.ts';
import type { Kept } from './kept-random.ts';
import { podTemplateOf } from './pod-template.ts';
import { type SecretData, secretData } from './secret-material.ts';

const TLS = 'kubernetes.io/tls';

/** The Secrets that a component gets, and what nobody gave for them. */
export interface SecretObjects {
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** Makes the Secrets of components; what one declared secret holds is made once, however many get it. */
export function secretMaker(
  { secrets, site }: Composition,
  kept: Kept,
): (component: ComposedComponent, manifests: readonly Manifest[]) => SecretObjects {
  const known = new Map<string, SecretData | undefined>();
  const dataOf = (name: string): SecretData | undefined => {
    if (!known.has(name)) known.set(name, secretData(name, secrets, kept));
    return known.get(name);
  };
  return (component, manifests) => {
    const hasPods = manifests.some((manifest) => podTemplateOf(manifest) !== undefined);
    const logins = hasPods ? site.registry.pullSecrets.filter((name) => secrets.has(name)) : [];
    const wanted = [...new Set([...component.secrets, ...logins])].sort();
    const findings: Finding[] = [];
    const made = wanted.flatMap((name): readonly Manifest[] => {
      const secret = secrets.get(name);
      const data = dataOf(name);
      const missing = secret?.given?.missing;
      if (missing !== undefined && kept.isForShow !== true) findings.push(findingOf(missing));
      if (secret === undefined || data === undefined) return [];
      return [secretManifest(secretName(component.name, name), secret.spec, data)];
    });
    return { manifests: made, findings };
  };
}

/** The site with the logins of this platform under the names that they have for a component. */
export function siteFor({ name }: ComposedComponent, { site, secrets }: Composition): SiteFacts {
  const { pullSecrets } = site.registry;
  if (!pullSecrets.some((secret) => secrets.has(secret))) return site;
  const named = pullSecrets.map((secret) => (secrets.has(secret) ? secretName(name, secret) : secret));
  return { ...site, registry: { ...site.registry, pullSecrets: named } };
}

function secretManifest(name: string, { generate, type }: Secret, data: SecretData): Manifest {
  const isCertificate = generate?.authority !== undefined || generate?.certificate !== undefined;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'naru' } },
    type: isCertificate ? TLS : (type ?? 'Opaque'),
    data,
  };
}
