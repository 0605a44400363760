import { Lexer } from '../template/lexer.ts';
import { isEmptyList } from '../template/node.ts';
import type { TemplateTree } from '../template/node.ts';
import { parseTemplate } from '../template/parser.ts';
import type { GoFunction } from '../value/value.ts';
import { compileTemplate } from './compile-template.ts';
import type { CompiledTemplate } from './state.ts';

/** Texts given to `tpl` that are kept parsed; values make them differ from release to release. */
const MAX_KEPT_TEXTS = 500;

/**
 * The named templates that see each other. A later definition replaces an earlier one of its name, unless it is
 * empty. A derived set sees its parent's templates and keeps its own to itself, as `tpl` needs.
 */
export class TemplateSet {
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly #parent: TemplateSet | undefined;
  readonly #trees = new Map<string, TemplateTree>();
  readonly #compiled = new Map<string, CompiledTemplate>();
  readonly #texts = new Map<string, ReadonlyMap<string, TemplateTree>>();

  constructor(functions: ReadonlyMap<string, GoFunction>, parent?: TemplateSet) {
    this.functions = functions;
    this.#parent = parent;
  }

  /** Parses `text` and adds what it defines. Throws `TemplateParseError`. */
  add(name: string, text: string): void {
    this.#addTrees(this.#parse(name, text));
  }

  /** A set for one `tpl` call. The same text is parsed and compiled only once per root set. */
  derive(name: string, text: string): TemplateSet {
    const root = this.#root();
    const trees = root.#texts.get(text) ?? root.#parse(name, text);
    if (root.#texts.size >= MAX_KEPT_TEXTS) root.#texts.clear();
    root.#texts.set(text, trees);
    const derived = new TemplateSet(this.functions, this);
    derived.#addTrees(trees);
    const body = trees.get(name);
    if (body !== undefined) derived.#trees.set(name, body);
    return derived;
  }

  find(name: string): CompiledTemplate | undefined {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const tree = this.#trees.get(name);
    if (tree === undefined) return this.#parent?.find(name);
    const compiled = compiledTree(tree, this.functions);
    this.#compiled.set(name, compiled);
    return compiled;
  }

  /** Every template of this set, and every text that was given to `tpl` and is still kept. */
  *trees(): Generator<TemplateTree> {
    yield* this.#trees.values();
    for (const trees of this.#texts.values()) yield* trees.values();
  }

  #root(): TemplateSet {
    return this.#parent === undefined ? this : this.#parent.#root();
  }

  #has(name: string): boolean {
    return this.#trees.has(name) || (this.#parent !== undefined && this.#parent.#has(name));
  }

  #parse(name: string, text: string): ReadonlyMap<string, TemplateTree> {
    return parseTemplate({ name, text }, new Lexer(text), (word) => this.functions.has(word));
  }

  #addTrees(trees: ReadonlyMap<string, TemplateTree>): void {
    for (const [name, tree] of trees) {
      if (isEmptyList(tree.root) && this.#has(name)) continue;
      this.#trees.set(name, tree);
      this.#compiled.delete(name);
    }
  }
}

const compiledTrees = new WeakMap<TemplateTree, CompiledTemplate>();

/** A tree is compiled once however many sets hold it; functions are the same for all sets of a process. */
function compiledTree(tree: TemplateTree, functions: ReadonlyMap<string, GoFunction>): CompiledTemplate {
  const known = compiledTrees.get(tree);
  if (known !== undefined) return known;
  const compiled = compileTemplate(tree, functions);
  compiledTrees.set(tree, compiled);
  return compiled;
}
