import type { Environment } from '../kube/target.ts';

/** How to talk to the servers of charts, as whom, and whether at all. */
export interface FetchOptions {
  /** The variables of the process: where the cache, the credentials of other tools and the proxy are. */
  readonly environment: Environment;
  /** Asks no server: what is not in the cache is refused with `CHART_NOT_CACHED`. */
  readonly offline?: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Shows the credentials to other servers, too, that a repository or a redirect leads to. */
  readonly passCredentials?: boolean;
  /** Files in PEM: who is trusted, and who we are. */
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Believes any certificate. */
  readonly insecure?: boolean;
  /** Fetches the signature beside an archive of a repository, too; one in a registry comes anyway. */
  readonly provenance?: boolean;
  /** Talks to registries without TLS. */
  readonly plainHttp?: boolean;
  readonly signal?: AbortSignal | undefined;
}
