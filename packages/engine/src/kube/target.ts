import type { ClusterEntry, UserEntry } from './kubeconfig-file.ts';

/** The variables of the process, handed in as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One cluster as one user: what a context names. */
export interface Target {
  readonly context: string | undefined;
  readonly namespace: string;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
}
