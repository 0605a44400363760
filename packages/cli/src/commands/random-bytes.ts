/** The most that one request may ask for, by the Web Cryptography standard. */
const MOST_AT_ONCE = 65_536;

/** Bytes that nobody can foretell. Node's own module for them takes longer to load than a small chart takes to render. */
export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let start = 0; start < count; start += MOST_AT_ONCE) {
    crypto.getRandomValues(bytes.subarray(start, start + MOST_AT_ONCE));
  }
  return bytes;
}
