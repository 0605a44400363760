/** A variable's place in the frame. */
export interface Slot {
  readonly index: number;
  /** Whether Go holds the variable as an interface: elements of what a range walks over. It shows in errors. */
  readonly boxed: boolean;
}

/** The variables that are visible at one place of a template, resolved to slots before anything runs. */
export class Scope {
  readonly #names: { readonly name: string; readonly slot: Slot }[] = [{ name: '$', slot: { index: 0, boxed: false } }];
  #size = 1;
  /** Whether Go holds the dot as an interface here. */
  dotBoxed = false;

  declare(name: string, boxed = false): Slot {
    const slot = { index: this.#size++, boxed };
    this.#names.push({ name, slot });
    return slot;
  }

  resolve(name: string): Slot | undefined {
    return this.#names.findLast((entry) => entry.name === name)?.slot;
  }

  /** A copy that stays as it is while this scope moves on. */
  fork(): Scope {
    const copy = new Scope();
    copy.#names.push(...this.#names.slice(1));
    copy.#size = this.#size;
    copy.dotBoxed = this.dotBoxed;
    return copy;
  }

  /** Runs `build` in a scope of its own: what it declares is forgotten, slots are never shared. */
  nested<T>(build: () => T): T {
    const mark = this.#names.length;
    const boxed = this.dotBoxed;
    const result = build();
    this.#names.length = mark;
    this.dotBoxed = boxed;
    return result;
  }
}
