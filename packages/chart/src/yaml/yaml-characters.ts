// oxlint-disable-next-line no-control-regex -- they are what is looked for
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Cs}/u;

/**
 * Why Go's yaml library refuses the characters of a text before it looks at their meaning; nothing when it takes them.
 * Bytes that are no UTF-8 are lone surrogates here.
 */
export function describeCharacters(text: string): string | undefined {
  const found = REFUSED.exec(text);
  if (found === null) return undefined;
  const unit = text.charCodeAt(found.index);
  if (unit < 0xdc80 || unit > 0xdcff) return 'yaml: control characters are not allowed';
  const byte = unit - 0xdc00;
  if (byte < 0xc0 || byte >= 0xf8) return 'yaml: invalid leading UTF-8 octet';
  return found.index + 1 < text.length ? 'yaml: invalid trailing UTF-8 octet' : 'yaml: incomplete UTF-8 octet sequence';
}
