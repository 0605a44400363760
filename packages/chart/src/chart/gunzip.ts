import { Gunzip } from 'fflate';

/** Small enough that what one step inflates, at most 1,032 times as much, stays small too. */
const STEP_BYTES = 16 * 1024;

/** Why a text is no gzip stream, in the words of Go's `compress/gzip`. */
export class GunzipError extends Error {}

/** The stream inflates to more than it may. */
export class GunzipLimitError extends Error {}

/** Expands a gzip stream of at most `limitBytes`; a bomb is left as soon as it has passed them. */
export function gunzip(data: Uint8Array, limitBytes: number): Uint8Array {
  if (data.length < 10) throw new GunzipError('unexpected EOF');
  if (data[0] !== 0x1f || data[1] !== 0x8b || data[2] !== 8) throw new GunzipError('gzip: invalid header');
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Gunzip((part) => {
    size += part.length;
    if (size > limitBytes) throw new GunzipLimitError();
    parts.push(part);
  });
  let members = 1;
  stream.onmember = (offset) => {
    if (offset > 0) members++;
  };
  try {
    for (let at = 0; at < data.length; at += STEP_BYTES) {
      stream.push(data.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= data.length);
    }
  } catch (error) {
    if (error instanceof GunzipLimitError) throw error;
    throw new GunzipError(isCutOff(error) ? 'unexpected EOF' : 'flate: corrupt input', { cause: error });
  }
  if (size === 0) throw new GunzipError('unexpected EOF');
  const whole = joined(parts, size);
  if (members === 1) checkSum(whole, data.subarray(-8));
  return whole;
}

/** The library leaves out what every gzip reader owes: a damaged chart must not be rendered. */
function checkSum(whole: Uint8Array, trailer: Uint8Array): void {
  const [sum, length] = [0, 4].map((at) =>
    trailer.subarray(at, at + 4).reduceRight((all, byte) => all * 256 + byte, 0),
  );
  if (length !== whole.length || sum !== crc32(whole)) throw new GunzipError('gzip: invalid checksum');
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** The library numbers its failures; 0 is an end that came too early. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 0;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
