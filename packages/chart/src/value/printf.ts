import { integerOf, typeOf } from './kind.ts';
import { formatArgument } from './printf-argument.ts';
import { noFlags } from './printf-flags.ts';
import type { PrintfFlags } from './printf-flags.ts';
import type { Value } from './value.ts';

/** The largest width that an argument may give. */
const MAX_WIDTH = 1_000_000;

/** Go's `fmt.Sprintf`: what does not fit its verb is written as Go writes it, `%!d(string=x)`, and never refused. */
export function sprintf(format: string, args: readonly Value[]): string {
  return new Formatter(format, args).run();
}

class Formatter {
  readonly #format: string;
  readonly #args: readonly Value[];
  #at = 0;
  #arg = 0;
  #isReordered = false;
  #isIndexGood = true;

  constructor(format: string, args: readonly Value[]) {
    this.#format = format;
    this.#args = args;
  }

  run(): string {
    let out = '';
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at);
      if (percent < 0) break;
      out += this.#format.slice(this.#at, percent);
      this.#at = percent + 1;
      out += this.#directive();
    }
    out += this.#format.slice(this.#at);
    if (this.#isReordered || this.#arg >= this.#args.length) return out;
    return `${out}%!(EXTRA ${this.#args.slice(this.#arg).map(describeExtra).join(', ')})`;
  }

  #directive(): string {
    this.#isIndexGood = true;
    const flags = this.#flags();
    let failure = '';
    let isAfterIndex = this.#index();
    if (this.#peek() === '*') {
      this.#at++;
      failure += this.#starWidth(flags);
      isAfterIndex = false;
    } else {
      flags.width = this.#number();
      if (isAfterIndex && flags.width !== undefined) this.#isIndexGood = false;
    }
    // A point that ends the format is taken for the verb.
    if (this.#peek() === '.' && this.#at + 1 < this.#format.length) {
      this.#at++;
      if (isAfterIndex) this.#isIndexGood = false;
      isAfterIndex = this.#index();
      if (this.#peek() === '*') {
        this.#at++;
        failure += this.#starPrecision(flags);
        isAfterIndex = false;
      } else flags.precision = this.#number() ?? 0;
    }
    if (!isAfterIndex) this.#index();
    return failure + this.#verb(flags);
  }

  #verb(flags: PrintfFlags): string {
    const point = this.#format.codePointAt(this.#at);
    if (point === undefined) return '%!(NOVERB)';
    const verb = String.fromCodePoint(point);
    this.#at += verb.length;
    if (verb === '%') return '%';
    if (!this.#isIndexGood) return `%!${verb}(BADINDEX)`;
    if (this.#arg >= this.#args.length) return `%!${verb}(MISSING)`;
    if (verb === 'v' || verb === 'w') {
      flags.sharpV = flags.sharp;
      flags.sharp = false;
      flags.plusV = flags.plus;
      flags.plus = false;
    }
    return formatArgument(this.#args[this.#arg++], verb, flags);
  }

  #flags(): PrintfFlags {
    const flags = noFlags();
    for (; ; this.#at++) {
      const char = this.#peek();
      if (char === '+') flags.plus = true;
      else if (char === '#') flags.sharp = true;
      else if (char === ' ') flags.space = true;
      else if (char === '0') flags.zero = true;
      else if (char === '-') flags.minus = true;
      else return flags;
    }
  }

  /** Reads `[2]`, the argument to take next. Says whether there was a well-formed one. */
  #index(): boolean {
    if (this.#peek() !== '[') return false;
    this.#isReordered = true;
    const rest = this.#format.slice(this.#at);
    const end = rest.indexOf(']');
    if (rest.length < 3 || end < 0) {
      this.#at++;
      this.#isIndexGood = false;
      return false;
    }
    this.#at += end + 1;
    const digits = rest.slice(1, end);
    const isNumber = /^\d{1,7}$/.test(digits);
    const index = Number(digits) - 1;
    if (isNumber && index >= 0 && index < this.#args.length) this.#arg = index;
    else this.#isIndexGood = false;
    return isNumber;
  }

  /** A width or precision; one of more than seven digits swallows the rest of the format. */
  #number(): number | undefined {
    const digits = /^\d+/.exec(this.#format.slice(this.#at))?.[0];
    if (digits === undefined) return undefined;
    if (Number(digits.slice(0, -1)) > MAX_WIDTH) {
      this.#at = this.#format.length;
      return undefined;
    }
    this.#at += digits.length;
    return Number(digits);
  }

  #starWidth(flags: PrintfFlags): string {
    const width = this.#starArgument();
    if (width === undefined) return '%!(BADWIDTH)';
    if (width < 0) {
      flags.minus = true;
      flags.zero = false;
    }
    flags.width = Math.abs(width);
    return '';
  }

  #starPrecision(flags: PrintfFlags): string {
    const precision = this.#starArgument();
    if (precision === undefined || precision < 0) return '%!(BADPREC)';
    flags.precision = precision;
    return '';
  }

  #starArgument(): number | undefined {
    if (this.#arg >= this.#args.length) return undefined;
    const value = integerOf(this.#args[this.#arg++]);
    return value === undefined || value > MAX_WIDTH || value < -MAX_WIDTH ? undefined : Number(value);
  }

  #peek(): string | undefined {
    return this.#format[this.#at];
  }
}

function describeExtra(arg: Value): string {
  if (arg === null || arg === undefined) return '<nil>';
  return `${typeOf(arg)}=${formatArgument(arg, 'v', noFlags())}`;
}
