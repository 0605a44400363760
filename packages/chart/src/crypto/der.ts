import { concatBytes } from '@noble/hashes/utils.js';
import { bytesToInteger, integerToBytes } from './integer.ts';

/** Tags of ASN.1 that keys and certificates use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a field that its number names; its content is a whole element when it is constructed. */
export function contextTag(number: number, isConstructed: boolean): number {
  return (isConstructed ? 0xa0 : 0x80) | number;
}

export function writeElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...content);
  if (body.length < 128) return concatBytes(Uint8Array.of(tag, body.length), body);
  const length = integerToBytes(BigInt(body.length), Math.ceil(body.length.toString(16).length / 2));
  return concatBytes(Uint8Array.of(tag, 0x80 | length.length), length, body);
}

export function writeSequence(...content: readonly Uint8Array[]): Uint8Array {
  return writeElement(TAG.sequence, ...content);
}

/** An unsigned integer: a zero keeps its highest bit from being a sign. */
export function writeInteger(value: bigint): Uint8Array {
  return writeElement(TAG.integer, integerToBytes(value, Math.floor(value.toString(2).length / 8) + 1));
}

export function writeBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return writeElement(TAG.bitString, Uint8Array.of(unusedBits), bytes);
}

export function writeOctetString(bytes: Uint8Array): Uint8Array {
  return writeElement(TAG.octetString, bytes);
}

/** An object identifier, given as numbers between dots. */
export function writeObjectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return writeElement(TAG.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const bytes = [value & 127];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 127));
  return bytes;
}

/** What is no DER, or not the DER that was expected. */
export class DerError extends Error {}

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly encoded: Uint8Array;
}

/** Reads elements one after the other. Throws `DerError` at what does not fit. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next element, which must have `tag`. */
  read(tag: number): Uint8Array {
    return this.readElement(tag).content;
  }

  readElement(tag?: number): DerElement {
    const start = this.#at;
    const found = this.#byte();
    const length = this.#length();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new DerError('asn1: syntax error: data truncated');
    if (tag !== undefined && found !== tag) throw new DerError("asn1: structure error: tags don't match");
    const content = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return { tag: found, content, encoded: this.#bytes.subarray(start, end) };
  }

  /** The next element if it has `tag`; nothing is read otherwise. */
  readOptional(tag: number): Uint8Array | undefined {
    return this.#bytes[this.#at] === tag ? this.read(tag) : undefined;
  }

  readSequence(): DerReader {
    return new DerReader(this.read(TAG.sequence));
  }

  readInteger(): bigint {
    return bytesToInteger(this.read(TAG.integer));
  }

  /** An object identifier as numbers between dots. */
  readObjectIdentifier(): string {
    const numbers: number[] = [];
    let number = 0;
    for (const byte of this.read(TAG.objectIdentifier)) {
      number = number * 128 + (byte & 127);
      if (byte >= 0x80) continue;
      numbers.push(number);
      number = 0;
    }
    const [first = 0, ...rest] = numbers;
    const root = Math.min(2, Math.floor(first / 40));
    return [root, first - root * 40, ...rest].join('.');
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    let length = 0;
    for (let i = 0; i < (first & 127); i++) length = length * 256 + this.#byte();
    return length;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new DerError('asn1: syntax error: truncated tag or length');
    return byte;
  }
}
