import type { Place } from '../error/naru-error.ts';
import type { ImageRule } from '../spec/image-rule.ts';
import type { SiteFacts } from './site-facts.ts';
import type { DeclaredSecret } from './declared-secret.ts';
import type { ComponentContent } from './sources.ts';
import type { Traced } from './traced.ts';

/** A need and who meets it. `provider` is undefined for one outside the platform. */
export interface Binding {
  readonly alias: string;
  readonly capability: string;
  readonly provider: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface ComposedComponent {
  readonly name: string;
  readonly namespace: string;
  /** Version of the software; undefined when nothing says it. */
  readonly version: string | undefined;
  /** The size that was chosen, when it has sizes. */
  readonly size: string | undefined;
  /** Whether all its needs are met and all its values known; what is wrong with the objects of another follows from that. */
  readonly isComplete: boolean;
  /** Where the platform names it. */
  readonly place: Place;
  readonly content: ComponentContent;
  /** The components that must be ready before this one starts, by need or by `after`; sorted. */
  readonly standsOn: readonly string[];
  readonly bindings: readonly Binding[];
  /** Secrets of the platform that it gets, by their names there; sorted. */
  readonly secrets: readonly string[];
  /** Where it hides images that are not fields of its pods. */
  readonly images: readonly ImageRule[];
  /** Effective settings. */
  readonly settings: Traced;
  /** Effective chart values above the chart's own defaults. */
  readonly values: Traced;
}

/** What one site receives: the components in order, each with its effective settings and where each leaf came from. */
export interface Composition {
  readonly platform: { readonly name: string; readonly version: string | undefined };
  readonly site: SiteFacts;
  readonly secrets: ReadonlyMap<string, DeclaredSecret>;
  readonly components: readonly ComposedComponent[];
}
