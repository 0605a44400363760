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

/** One path in the values of a release, with what was read there. */
export class PathNode {
  readonly key: string | number;
  readonly parent: PathNode | undefined;
  /** Whether something took everything below: `toYaml`, a print, a function that may look anywhere. */
  isWhole = false;
  /** Whether something besides templates reads it: a condition, a tag, an import, a schema. */
  isReadByChart = false;
  readonly sites = new Map<SiteNode, SiteTemplate>();
  /** The sites that found nothing here. */
  readonly misses = new Map<SiteNode, SiteTemplate>();
  readonly #children = new Map<string | number, PathNode>();

  constructor(key: string | number = '', parent?: PathNode) {
    this.key = key;
    this.parent = parent;
  }

  get children(): Iterable<PathNode> {
    return this.#children.values();
  }

  get isRead(): boolean {
    return this.isWhole || this.isReadByChart || this.sites.size > 0 || this.misses.size > 0;
  }

  /** The node below, made when it is not there yet. */
  child(key: string | number): PathNode {
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const created = new PathNode(key, this);
    this.#children.set(key, created);
    return created;
  }

  /** The node below, when something has been there. */
  find(key: string | number): PathNode | undefined {
    return this.#children.get(key);
  }

  /** The keys from the root of the values to here. */
  path(): readonly (string | number)[] {
    return this.parent === undefined ? [] : [...this.parent.path(), this.key];
  }
}
