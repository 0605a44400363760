import { formatTime } from '../value/time.ts';
import { Time } from '../value/value.ts';
import { TAG, writeElement } from './der.ts';
import { SigningError } from './signing.ts';

/** A moment as certificates have it: with two digits of the year between 1950 and 2049, with four around. */
export function writeTime(unixSeconds: bigint): Uint8Array {
  const time = new Time(unixSeconds * 1_000_000_000n);
  const year = Number(formatTime(time, '2006'));
  if (year >= 1950 && year < 2050) return writeElement(TAG.utcTime, ascii(formatTime(time, '060102150405Z')));
  if (year > 9999 || year < 0) {
    throw new SigningError('asn1: structure error: cannot represent time as GeneralizedTime');
  }
  return writeElement(TAG.generalizedTime, ascii(formatTime(time, '20060102150405Z')));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
