import type { KubeClient } from '../kube/client.ts';
import type { Listener } from './event.ts';
import type { Ledger } from './ledger.ts';

/** What every part of a delivery works with. */
export interface Delivery {
  readonly client: KubeClient;
  readonly ledger: Ledger;
  readonly emit: Listener;
  /** Aborted by the user's interrupt or when the lease is lost: nothing new is begun, what is under way is finished. */
  readonly signal: AbortSignal;
  /** `accepted`: a component is done when the server has stored its objects, for a server with no controllers to act on them. */
  readonly until: 'ready' | 'accepted';
  /** How long one component may take. */
  readonly timeoutSeconds: number;
}
