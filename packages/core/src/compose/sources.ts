import type { ChartFiles } from '@naru/chart';
import type { Document } from '../document/document.ts';
import type { Component } from '../spec/component.ts';
import type { Platform } from '../spec/platform.ts';
import type { Profile } from '../spec/profile.ts';
import type { Site } from '../spec/site.ts';
import type { DeclaredSecret } from './declared-secret.ts';

/** A checked document of Naru's own, with the places of its fields. */
export interface Written<T> {
  readonly spec: T;
  readonly document: Document;
}

/** Where a chart was fetched from, and the digest that pins it there. */
export interface PublishedChart {
  readonly address: string;
  readonly digest: string;
}

/** What a component is made of. */
export type ComponentContent =
  | {
      readonly kind: 'chart';
      /** Where its files are, for the places of errors. */
      readonly folder: string;
      readonly files: ChartFiles;
      /** Absent for a chart of this disk. */
      readonly published?: PublishedChart;
    }
  | { readonly kind: 'manifests'; readonly files: readonly { readonly file: string; readonly text: string }[] };

export interface ComponentSource {
  /** Absent for a chart or manifests that the platform names directly. */
  readonly descriptor: Written<Component> | undefined;
  readonly content: ComponentContent;
}

/** A profile, and whether it comes with the catalog: such a one speaks of catalog components by their names there. */
export interface ProfileSource extends Written<Profile> {
  readonly isShipped: boolean;
}

/** What the catalog offers: enough to say who could meet a need. */
export interface CatalogEntry {
  readonly name: string;
  readonly provides: readonly string[];
}

/** Every file of a platform folder, parsed, with positions. */
export interface Sources {
  /** The folder as the user named it. */
  readonly folder: string;
  readonly platform: Written<Platform>;
  readonly sites: ReadonlyMap<string, Written<Site>>;
  /** By name; a profile of the folder hides one of the catalog. */
  readonly profiles: ReadonlyMap<string, ProfileSource>;
  /** By the key of the entry in `platform.yaml`. */
  readonly components: ReadonlyMap<string, ComponentSource>;
  /** What a site takes instead, by site and by the key of the entry. */
  readonly siteComponents: ReadonlyMap<string, ReadonlyMap<string, ComponentSource>>;
  /** What the platform declares as secret, by name. */
  readonly secrets: ReadonlyMap<string, DeclaredSecret>;
  /** Native values files by their path from the platform folder. */
  readonly valuesFiles: ReadonlyMap<string, Document>;
  readonly catalog: readonly CatalogEntry[];
}
