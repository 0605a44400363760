import type { Action, NaruError, ObjectKey, Reason, StatusReason, StatusWord } from '@naru/core';

/** Where a component is in a delivery. */
export type Phase =
  /** What it stands on is not ready yet. */
  | 'waiting'
  | 'applying'
  /** Applied; its objects are on their way to be ready. */
  | 'settling'
  | 'removing'
  | 'done'
  | 'failed'
  /** Something that it stands on failed, so it was not started. */
  | 'blocked';

/** What happened, while it happens. Printers, reports and journals subscribe to these and to nothing else. */
export type ApplyEvent =
  | {
      readonly type: 'delivery-started';
      readonly platform: string;
      readonly site: string;
      readonly components: readonly string[];
      readonly steps: number;
    }
  | { readonly type: 'held'; readonly platform: string; readonly holder: string }
  | { readonly type: 'component'; readonly component: string; readonly phase: Phase; readonly error?: NaruError }
  | {
      readonly type: 'step-done';
      readonly component: string;
      readonly key: ObjectKey;
      readonly action: Action;
      readonly reason: Reason;
    }
  | {
      readonly type: 'object-waiting';
      readonly component: string;
      readonly key: ObjectKey;
      readonly status: StatusWord;
      readonly reason: StatusReason;
    }
  | {
      readonly type: 'delivery-finished';
      readonly outcome: 'done' | 'incomplete' | 'interrupted';
      readonly elapsedMs: number;
    };

export type Listener = (event: ApplyEvent) => void;
