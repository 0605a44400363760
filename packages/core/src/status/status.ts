/** The words of kstatus (sigs.k8s.io/cli-utils/pkg/kstatus). */
export type StatusWord = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound' | 'Unknown';

/** Why an object has its status: data, so that it can be worded in any language. */
export type StatusReason =
  | {
      readonly code:
        | 'ready'
        | 'absent'
        | 'deleting'
        | 'unobserved'
        | 'unreported'
        | 'revising'
        | 'unbound'
        | 'no-address';
    }
  | {
      readonly code: 'replicas';
      /** What is being counted. */
      readonly of: 'created' | 'updated' | 'ready' | 'available' | 'scheduled' | 'terminating';
      readonly have: number;
      readonly want: number;
    }
  | { readonly code: 'job'; readonly active: number; readonly succeeded: number; readonly failed: number }
  /** In the words of the object's own controller. */
  | { readonly code: 'told'; readonly text: string };

export interface Status {
  readonly word: StatusWord;
  readonly reason: StatusReason;
}

export function status(word: StatusWord, reason: StatusReason): Status {
  return { word, reason };
}

export const CURRENT: Status = { word: 'Current', reason: { code: 'ready' } };
