import { INSTALL_ORDER } from '@naru/chart';

const RANKS: ReadonlyMap<string, number> = new Map(INSTALL_ORDER.map((kind, index) => [kind, index]));
const WEBHOOKS = /^(Mutating|Validating)WebhookConfiguration$/;

/**
 * Definitions first, then namespaces, then Helm's order of kinds, which charts rely on, then kinds that Helm does not
 * name, webhooks last; deletes run backwards.
 *
 * Definitions and namespaces go before everything because nothing can be created in what is not there. A webhook that
 * is not served yet would refuse what comes after it, so it comes after everything, where Helm puts it before other kinds.
 */
export function installRank(kind: string): number {
  if (kind === 'CustomResourceDefinition') return -2;
  if (kind === 'Namespace') return -1;
  if (WEBHOOKS.test(kind)) return INSTALL_ORDER.length + 1;
  return RANKS.get(kind) ?? INSTALL_ORDER.length;
}
