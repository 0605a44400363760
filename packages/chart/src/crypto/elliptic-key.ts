import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToInteger, integerToBytes } from './integer.ts';
import { writeInteger, writeSequence } from './der.ts';
import type { RandomStream } from './random-stream.ts';

export type CurveName = 'P-224' | 'P-256' | 'P-384' | 'P-521';

export interface EllipticKey {
  readonly type: 'ecdsa';
  readonly curve: CurveName;
  readonly secret: bigint;
}

interface Curve {
  readonly identifier: string;
  readonly bits: number;
  readonly p: bigint;
  readonly n: bigint;
  readonly b: bigint;
  readonly base: readonly [x: bigint, y: bigint];
  readonly signatureAlgorithm: string;
}

/** The prime curves of NIST. FIPS 186-4, appendix D.1.2; `a` is always -3. */
const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-224': {
    identifier: '1.3.132.0.33',
    bits: 224,
    p: 2n ** 224n - 2n ** 96n + 1n,
    n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    base: [
      0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
      0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
    ],
    signatureAlgorithm: '1.2.840.10045.4.3.2',
  },
  'P-256': {
    identifier: '1.2.840.10045.3.1.7',
    bits: 256,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    base: [
      0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    ],
    signatureAlgorithm: '1.2.840.10045.4.3.2',
  },
  'P-384': {
    identifier: '1.3.132.0.34',
    bits: 384,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    base: [
      0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    ],
    signatureAlgorithm: '1.2.840.10045.4.3.3',
  },
  'P-521': {
    identifier: '1.3.132.0.35',
    bits: 521,
    p: 2n ** 521n - 1n,
    n: 2n ** 521n - 0x5ae79787c40d069948033feb708f65a2fc44a36477663b851449048e16ec79bf7n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    base: [
      0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    ],
    signatureAlgorithm: '1.2.840.10045.4.3.4',
  },
};

/** The curve with this object identifier. */
export function curveOf(identifier: string): CurveName | undefined {
  const names = Object.keys(CURVES) as CurveName[];
  return names.find((name) => CURVES[name].identifier === identifier);
}

export function curveIdentifier(key: EllipticKey): string {
  return CURVES[key.curve].identifier;
}

/** The bytes of a secret number on the curve. */
export function curveBytes(curve: CurveName): number {
  return Math.ceil(CURVES[curve].bits / 8);
}

/** The object identifier of the algorithm that `signElliptic` uses for the key. */
export function ellipticSignatureAlgorithm(key: EllipticKey): string {
  return CURVES[key.curve].signatureAlgorithm;
}

export function generateEllipticKey(stream: RandomStream): EllipticKey {
  return { type: 'ecdsa', curve: 'P-256', secret: stream.integerBelow(CURVES['P-256'].n) };
}

/** Whether the number can be a secret of the curve. */
export function isCurveSecret(curve: CurveName, secret: bigint): boolean {
  return secret > 0n && secret < CURVES[curve].n;
}

/** The public point, not compressed. */
export function ellipticPublicKey({ curve, secret }: EllipticKey): Uint8Array {
  return signerOf(curve).getPublicKey(integerToBytes(secret, curveBytes(curve)), false);
}

/** The DER signature of `message`; its nonce follows from key and message, as RFC 6979 has it. */
export function signElliptic({ curve, secret }: EllipticKey, message: Uint8Array): Uint8Array {
  const size = curveBytes(curve);
  const signature = signerOf(curve).sign(message, integerToBytes(secret, size), { lowS: false });
  const [r, s] = [signature.subarray(0, size), signature.subarray(size)];
  return writeSequence(writeInteger(bytesToInteger(r)), writeInteger(bytesToInteger(s)));
}

const signers = new Map<CurveName, ECDSA>();

/** Built when it is first needed: few charts sign anything. */
function signerOf(name: CurveName): ECDSA {
  const known = signers.get(name);
  if (known !== undefined) return known;
  const { p, n, b, base } = CURVES[name];
  const hash = { 'P-224': sha256, 'P-256': sha256, 'P-384': sha384, 'P-521': sha512 }[name];
  const signer = ecdsa(weierstrass({ p, n, h: 1n, a: p - 3n, b, Gx: base[0], Gy: base[1] }), hash);
  signers.set(name, signer);
  return signer;
}
