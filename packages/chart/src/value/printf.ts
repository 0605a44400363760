import { formatExponent, formatFixed, formatFloat, formatFloatGeneral, specialFloat } from './float.ts';
import { integerOf, typeOf } from './kind.ts';
import { printValue, sortedKeys } from './print.ts';
import { quoteGo } from './quote.ts';
import { encodeUtf8 } from './utf8.ts';
import { asList, asMap, Bytes, Duration, Named, Time } from './value.ts';
import type { Value } from './value.ts';

interface Flags {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
}

const MAX_WIDTH = 1_000_000;

/** Go's `fmt.Sprintf`: what does not fit its verb is written as Go writes it, `%!d(string=x)`, and never refused. */
export function sprintf(format: string, args: readonly Value[]): string {
  const formatter = new Formatter(format, args);
  return formatter.run();
}

class Formatter {
  readonly #format: string;
  readonly #args: readonly Value[];
  #at = 0;
  #arg = 0;
  #reordered = false;
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
    if (this.#reordered || this.#arg >= this.#args.length) return out;
    const extra = this.#args
      .slice(this.#arg)
      .map((arg) => (isNil(arg) ? '<nil>' : `${typeOf(arg)}=${printValue(arg)}`));
    return `${out}%!(EXTRA ${extra.join(', ')})`;
  }

  #directive(): string {
    const flags = this.#flags();
    this.#isIndexGood = true;
    this.#index();
    let failure = '';
    if (this.#peek() === '*') {
      this.#at++;
      const width = this.#starArgument();
      if (width === undefined) failure += '%!(BADWIDTH)';
      else {
        flags.minus ||= width < 0;
        flags.width = Math.abs(width);
      }
      if (flags.minus) flags.zero = false;
    } else flags.width = this.#number();
    if (this.#peek() === '.') {
      this.#at++;
      this.#index();
      if (this.#peek() === '*') {
        this.#at++;
        const precision = this.#starArgument();
        if (precision === undefined || precision < 0) failure += precision === undefined ? '%!(BADPREC)' : '';
        else flags.precision = precision;
      } else flags.precision = this.#number() ?? 0;
    }
    this.#index();
    return failure + this.#verb(flags);
  }

  #verb(flags: Flags): string {
    const point = this.#format.codePointAt(this.#at);
    if (point === undefined) return '%!(NOVERB)';
    const verb = String.fromCodePoint(point);
    this.#at += verb.length;
    if (verb === '%') return '%';
    if (!this.#isIndexGood) return `%!${verb}(BADINDEX)`;
    if (this.#arg >= this.#args.length) return `%!${verb}(MISSING)`;
    return formatArgument(this.#args[this.#arg++], verb, flags);
  }

  #flags(): Flags {
    const flags: Flags = {
      plus: false,
      minus: false,
      sharp: false,
      space: false,
      zero: false,
      width: undefined,
      precision: undefined,
    };
    for (; ; this.#at++) {
      const char = this.#peek();
      if (char === '+') flags.plus = true;
      else if (char === '#') flags.sharp = true;
      else if (char === ' ') flags.space = true;
      else if (char === '0') flags.zero = !flags.minus;
      else if (char === '-') {
        flags.minus = true;
        flags.zero = false;
      } else return flags;
    }
  }

  #index(): void {
    const match = /^\[(\d+)\]/.exec(this.#format.slice(this.#at, this.#at + 12));
    if (match === null) return;
    this.#at += match[0].length;
    this.#reordered = true;
    const index = Number(match[1]) - 1;
    if (index >= 0 && index < this.#args.length) this.#arg = index;
    else this.#isIndexGood = false;
  }

  #number(): number | undefined {
    const digits = /^\d+/.exec(this.#format.slice(this.#at, this.#at + 12))?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Math.min(Number(digits), MAX_WIDTH);
  }

  #starArgument(): number | undefined {
    const value = integerOf(this.#args[this.#arg++]);
    return value === undefined || value > MAX_WIDTH || value < -MAX_WIDTH ? undefined : Number(value);
  }

  #peek(): string | undefined {
    return this.#format[this.#at];
  }
}

function isNil(value: Value): value is null | undefined {
  return value === null || value === undefined;
}

function formatArgument(value: Value, verb: string, given: Flags): string {
  // For `%+v` the sign names the fields of structs and says nothing of numbers.
  const flags = verb === 'v' && given.plus && !(value instanceof Named) ? { ...given, plus: false } : given;
  if (verb === 'T') return pad(typeOf(value), flags);
  if (isNil(value)) return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  if (typeof value === 'string') return formatText(value, verb, flags);
  if (typeof value === 'boolean') {
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : bad(value, verb);
  }
  if (typeof value === 'number') return formatFloatVerb(value, verb, flags);
  if (value instanceof Duration || value instanceof Time) {
    if ('vsqxX'.includes(verb)) return formatText(printValue(value), verb, flags);
  }
  const integer = integerOf(value);
  if (integer !== undefined) return formatInteger(integer, verb, flags, value);
  if (value instanceof Bytes && 'sqxX'.includes(verb)) {
    return formatText(String.fromCharCode(...value.data), verb, flags);
  }
  return formatComposite(value, verb, flags);
}

function formatComposite(value: Value, verb: string, flags: Flags): string {
  const list = asList(value);
  if (list !== undefined) {
    if (verb === 'v' && flags.sharp)
      return `${typeOf(value)}{${list.map((x) => formatArgument(x, verb, flags)).join(', ')}}`;
    return `[${list.map((item) => formatArgument(item, verb, flags)).join(' ')}]`;
  }
  const map = asMap(value);
  if (map !== undefined) {
    const parts = sortedKeys(map).map(
      (key) => `${formatArgument(key, verb, flags)}:${formatArgument(map.get(key), verb, flags)}`,
    );
    return verb === 'v' && flags.sharp ? `${typeOf(value)}{${parts.join(', ')}}` : `map[${parts.join(' ')}]`;
  }
  if (value instanceof Named && value.content instanceof Map) {
    const fields = [...value.content].map(
      ([name, field]) => (flags.plus ? `${name}:` : '') + formatArgument(field, verb, flags),
    );
    return `${value.type.startsWith('*') ? '&' : ''}{${fields.join(' ')}}`;
  }
  return verb === 'v' ? printValue(value) : bad(value, verb);
}

function bad(value: Value, verb: string): string {
  return `%!${verb}(${typeOf(value)}=${printValue(value)})`;
}

function formatText(text: string, verb: string, flags: Flags): string {
  const cut = flags.precision === undefined ? text : [...text].slice(0, flags.precision).join('');
  switch (verb) {
    case 'v':
      return flags.sharp ? pad(quoteGo(cut), flags) : pad(cut, flags);
    case 's':
      return pad(cut, flags);
    case 'q':
      if (flags.sharp && !cut.includes('`') && /^[\t -~\u0080-\u{10ffff}]*$/u.test(cut))
        return pad(`\`${cut}\``, flags);
      return pad(quoteGo(cut, { ascii: flags.plus }), flags);
    case 'x':
    case 'X': {
      const hex = [...encodeUtf8(cut)].map((byte) => byte.toString(16).padStart(2, '0'));
      const prefix = flags.sharp ? '0x' : '';
      const joined = flags.space ? hex.map((h) => prefix + h).join(' ') : prefix + hex.join('');
      return pad(verb === 'X' ? joined.toUpperCase() : joined, flags);
    }
    default:
      return bad(text, verb);
  }
}

function pad(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + text;
}

/** Pads a number: zeros go between the sign and the digits. */
function padNumber(sign: string, digits: string, flags: Flags): string {
  if (!flags.zero) return pad(sign + digits, { ...flags, zero: false });
  return sign + digits.padStart((flags.width ?? 0) - sign.length, '0');
}

function signOf(negative: boolean, flags: Flags): string {
  if (negative) return '-';
  return flags.plus ? '+' : flags.space ? ' ' : '';
}

function formatInteger(integer: bigint, verb: string, flags: Flags, value: Value): string {
  const size = integer < 0n ? -integer : integer;
  const radix = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }[verb];
  if (radix !== undefined) {
    let digits = size.toString(radix).padStart(flags.precision ?? 0, '0');
    if (flags.precision === 0 && size === 0n) digits = '';
    if (flags.precision !== undefined) return pad(signOf(integer < 0n, flags) + digits, { ...flags, zero: false });
    const prefix = integerPrefix(verb, flags);
    const text = padNumber(signOf(integer < 0n, flags) + prefix, digits, flags);
    return verb === 'X' ? text.toUpperCase() : text;
  }
  const isRune = integer >= 0n && integer <= 0x10ffffn;
  switch (verb) {
    case 'c':
      return pad(isRune ? String.fromCodePoint(Number(integer)) : '\ufffd', flags);
    case 'q':
      return pad(quoteGo(isRune ? String.fromCodePoint(Number(integer)) : '\ufffd', { quote: "'" }), flags);
    case 'U':
      return pad(formatUnicode(size, flags.sharp && isRune), { ...flags, zero: false });
    default:
      return bad(value, verb);
  }
}

function formatUnicode(point: bigint, showsCharacter: boolean): string {
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  const char = showsCharacter ? String.fromCodePoint(Number(point)) : '';
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char) ? `${code} '${char}'` : code;
}

function integerPrefix(verb: string, flags: Flags): string {
  if (verb === 'O') return '0o';
  if (!flags.sharp) return '';
  return { b: '0b', o: '0', x: '0x', X: '0X' }[verb] ?? '';
}

function formatFloatVerb(x: number, verb: string, flags: Flags): string {
  const negative = x < 0 || Object.is(x, -0);
  const special = specialFloat(x);
  if (special !== undefined && 'vgGeEfF'.includes(verb)) {
    const shown = flags.plus && special === 'NaN' ? '+NaN' : special;
    const spaced = flags.space && !flags.plus ? shown.replace('+', ' ') : shown;
    return pad(spaced, { ...flags, zero: false });
  }
  const size = Math.abs(x);
  const digits = floatDigits(size, verb, flags);
  if (digits === undefined) return bad(x, verb);
  return padNumber(signOf(negative, flags), digits, flags);
}

function floatDigits(size: number, verb: string, flags: Flags): string | undefined {
  const { precision } = flags;
  switch (verb) {
    case 'v':
    case 'g':
    case 'G': {
      const text = precision === undefined ? formatFloat(size) : formatFloatGeneral(size, precision);
      return verb === 'G' ? text.toUpperCase() : text;
    }
    case 'e':
    case 'E': {
      const [mantissa = '', exponent = '0'] = size.toExponential(Math.min(precision ?? 6, 100)).split('e');
      return `${mantissa}${verb}${formatExponent(Number(exponent))}`;
    }
    case 'f':
    case 'F':
      return formatFixed(size, precision ?? 6);
    default:
      return undefined;
  }
}
