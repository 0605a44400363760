import { concatBytes } from '@noble/hashes/utils.js';
import { AES_BLOCK_BYTES, AES_KEY_BYTES, decryptCbc, encryptCbc } from '../crypto/aes.ts';
import { bcrypt, isBcryptPassword } from '../crypto/bcrypt.ts';
import { derivePassword } from '../crypto/derive-password.ts';
import { decodeBase64, encodeBase64 } from '../value/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../value/utf8.ts';
import type { CallContext } from '../value/value.ts';
import { count } from './cast.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

const BCRYPT_COST = 10;
const BCRYPT_SALT_BYTES = 16;

function hashPassword(password: string, { randomBytes }: CallContext): string {
  const bytes = encodeUtf8(password);
  if (!isBcryptPassword(bytes)) {
    return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes';
  }
  return bcrypt(bytes, randomBytes(BCRYPT_SALT_BYTES), BCRYPT_COST);
}

function htpasswd(user: string, password: string, context: CallContext): string {
  return user.includes(':') ? `invalid username: ${user}` : `${user}:${hashPassword(password, context)}`;
}

/** sprig's key: the password's first bytes, filled up with zeros. */
function aesKey(password: string): Uint8Array {
  const key = new Uint8Array(AES_KEY_BYTES);
  key.set(encodeUtf8(password).subarray(0, AES_KEY_BYTES));
  return key;
}

function encryptAes(password: string, plain: string, { randomBytes }: CallContext): string {
  if (plain === '') return '';
  const start = randomBytes(AES_BLOCK_BYTES);
  const content = encodeUtf8(plain);
  const padding = AES_BLOCK_BYTES - (content.length % AES_BLOCK_BYTES);
  const padded = concatBytes(content, new Uint8Array(padding).fill(padding));
  return encodeBase64(concatBytes(start, encryptCbc(aesKey(password), start, padded)));
}

function decryptAes(password: string, encoded: string): string {
  if (encoded === '') return '';
  const bytes = decodeBase64(encoded);
  if (typeof bytes === 'number') return refuse(`illegal base64 data at input byte ${bytes}`);
  if (bytes.length < AES_BLOCK_BYTES) {
    refuse(`runtime error: slice bounds out of range [:${AES_BLOCK_BYTES}] with capacity ${base64Capacity(encoded)}`);
  }
  const [start, content] = [bytes.subarray(0, AES_BLOCK_BYTES), bytes.subarray(AES_BLOCK_BYTES)];
  if (content.length % AES_BLOCK_BYTES !== 0) refuse('crypto/cipher: input not full blocks');
  const plain = decryptCbc(aesKey(password), start, content);
  const padding = plain.at(-1);
  if (padding === undefined) return refuse('runtime error: index out of range [-1]');
  if (padding > plain.length) refuse(`runtime error: slice bounds out of range [:${plain.length - padding}]`);
  return decodeUtf8(plain.subarray(0, plain.length - padding));
}

/** How much room Go makes before it decodes base64: three bytes for four characters. */
function base64Capacity(encoded: string): number {
  return Math.floor(encoded.length / 4) * 3;
}

/** sprig's passwords and its symmetric cipher. */
export const PASSWORDS: FunctionTable = {
  bcrypt: fixed(['string'], (args, context) => hashPassword(text(args, 0), context)),
  htpasswd: fixed(['string', 'string'], (args, context) => htpasswd(text(args, 0), text(args, 1), context)),
  derivePassword: fixed(['uint32', 'string', 'string', 'string', 'string'], (args) => {
    const [type, password, user, site] = [text(args, 1), text(args, 2), text(args, 3), text(args, 4)];
    const derived = derivePassword({ counter: count(args, 0), type, password, user, site });
    return derived ?? `cannot find password template ${type}`;
  }),
  encryptAES: fixed(['string', 'string'], (args, context) => encryptAes(text(args, 0), text(args, 1), context)),
  decryptAES: fixed(['string', 'string'], (args) => decryptAes(text(args, 0), text(args, 1))),
};
