import type { ListNode, TemplateSource } from '../template/node.ts';

/** Where a template is when it reads: the node of its text that Go would name in an error. */
export interface ReadSite {
  readonly node: SiteNode | undefined;
  readonly template: SiteTemplate;
  /** In the text of a `tpl`: where that stands instead. */
  readonly textSite?: ReadSite | undefined;
}

export interface SiteNode {
  readonly position: number;
}

export interface SiteTemplate {
  readonly source: TemplateSource;
  readonly root: ListNode;
}

/** One place that has read, kept for what it says later. */
export interface Site {
  readonly node: SiteNode;
  readonly template: SiteTemplate;
}

const NO_SITES: readonly Site[] = [];

/** One path in the values of a release, with what was read there. There are many, so what may be empty is not made before. */
export class PathNode {
  readonly key: string | number;
  /** Whether something took everything below: `toYaml`, a print, a function that may look anywhere. */
  isWhole = false;
  /** Whether something besides templates reads it: a condition, a tag, an import, a schema. */
  isReadByChart = false;
  #sites: Site[] | undefined = undefined;
  #misses: Site[] | undefined = undefined;
  #children: Map<string | number, PathNode> | undefined = undefined;

  constructor(key: string | number = '') {
    this.key = key;
  }

  get children(): Iterable<PathNode> {
    return this.#children?.values() ?? [];
  }

  get sites(): readonly Site[] {
    return this.#sites ?? NO_SITES;
  }

  /** The sites that found nothing here. */
  get misses(): readonly Site[] {
    return this.#misses ?? NO_SITES;
  }

  get isRead(): boolean {
    return this.isWhole || this.isReadByChart || this.#sites !== undefined || this.#misses !== undefined;
  }

  /** The node below, made when it is not there yet. */
  child(key: string | number): PathNode {
    this.#children ??= new Map();
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const created = new PathNode(key);
    this.#children.set(key, created);
    return created;
  }

  /** The node below, when something has been there. */
  find(key: string | number): PathNode | undefined {
    return this.#children?.get(key);
  }

  /** Each site is kept once; a path has few. */
  record({ node, template }: ReadSite, wasThere: boolean): void {
    if (node === undefined) return;
    if (wasThere) this.#sites ??= [];
    else this.#misses ??= [];
    const sites = (wasThere ? this.#sites : this.#misses) ?? [];
    for (let i = sites.length - 1; i >= 0; i--) if (sites[i]?.node === node) return;
    sites.push({ node, template });
  }
}
