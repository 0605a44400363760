/** A variable's place in the frame. */
export interface Slot {
  readonly index: number;
  /** Whether Go holds the variable as an interface: elements of what a range walks over. It shows in errors. */
  readonly boxed: boolean;
}

/** The variable that was declared last, and what was there before it. */
interface Declaration {
  readonly name: string;
  readonly slot: Slot;
  readonly outer: Declaration | undefined;
}

/** The variables that are visible at one place of a template, resolved to slots before anything runs. */
export class Scope {
  #last: Declaration | undefined = { name: '$', slot: { index: 0, boxed: false }, outer: undefined };
  #size = 1;
  /** Whether Go holds the dot as an interface here. */
  dotBoxed = false;

  declare(name: string, boxed = false): Slot {
    const slot = { index: this.#size++, boxed };
    this.#last = { name, slot, outer: this.#last };
    return slot;
  }

  resolve(name: string): Slot | undefined {
    let at = this.#last;
    while (at !== undefined && at.name !== name) at = at.outer;
    return at?.slot;
  }

  /** A copy that stays as it is while this scope moves on. */
  fork(): Scope {
    const copy = new Scope();
    copy.#last = this.#last;
    copy.#size = this.#size;
    copy.dotBoxed = this.dotBoxed;
    return copy;
  }

  /** Runs `build` in a scope of its own: what it declares is forgotten, slots are never shared. */
  nested<T>(build: () => T): T {
    const mark = this.#last;
    const boxed = this.dotBoxed;
    const result = build();
    this.#last = mark;
    this.dotBoxed = boxed;
    return result;
  }
}
