import { edwards, eddsa } from '@noble/curves/abstract/edwards.js';
import type { EdDSA } from '@noble/curves/abstract/edwards.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { RandomStream } from './random-stream.ts';

export interface Ed25519Key {
  readonly type: 'ed25519';
  readonly seed: Uint8Array;
}

export const ED25519_BYTES = 32;

export function generateEd25519Key(stream: RandomStream): Ed25519Key {
  return { type: 'ed25519', seed: stream.bytes(ED25519_BYTES) };
}

export function ed25519PublicKey({ seed }: Ed25519Key): Uint8Array {
  return signer().getPublicKey(seed);
}

export function signEd25519({ seed }: Ed25519Key, message: Uint8Array): Uint8Array {
  return signer().sign(message, seed);
}

let knownSigner: EdDSA | undefined;

/** The curve of RFC 8032, section 5.1, built when it is first needed. */
function signer(): EdDSA {
  knownSigner ??= eddsa(
    edwards({
      p: 2n ** 255n - 19n,
      n: 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n,
      h: 8n,
      a: 2n ** 255n - 20n,
      d: 37_095_705_934_669_439_343_138_083_508_754_565_189_542_113_879_843_219_016_388_785_533_085_940_283_555n,
      Gx: 15_112_221_349_535_400_772_501_151_409_588_531_511_454_012_693_041_857_206_046_113_283_949_847_762_202n,
      Gy: 46_316_835_694_926_478_169_428_394_003_475_163_141_307_993_866_256_225_615_783_033_603_165_251_855_960n,
    }),
    sha512,
    { adjustScalarBytes: clamp },
  );
  return knownSigner;
}

function clamp(bytes: Uint8Array): Uint8Array {
  const clamped = Uint8Array.from(bytes);
  clamped[0] = (clamped[0] ?? 0) & 248;
  clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
  return clamped;
}
