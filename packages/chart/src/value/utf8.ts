const ESCAPE_BASE = 0xdc00;

/** How many bytes `text` has in UTF-8. An escaped byte (a lone low surrogate) counts as one. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (isHighAt(text, i)) {
      length += 4;
      i++;
    } else length += isEscapedByte(unit) ? 1 : 3;
  }
  return length;
}

/** The bytes of `text`; escaped bytes come out as they went in. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[at++] = unit;
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 63);
    } else if (isHighAt(text, i)) {
      const point = text.codePointAt(i++) ?? 0;
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 63);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    } else if (isEscapedByte(unit)) bytes[at++] = unit - ESCAPE_BASE;
    else {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 63);
      bytes[at++] = 0x80 | (unit & 63);
    }
  }
  return bytes;
}

/** The text that `bytes` spell; a byte that is no UTF-8 becomes one lone surrogate, so that nothing is lost. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const end = asciiEnd(bytes, i);
    if (end > i) {
      if (units.length > 0) text += String.fromCharCode(...units);
      units = [];
      text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(i, end));
      i = end;
      continue;
    }
    const size = sequenceLength(bytes, i);
    if (size === 0) units.push(ESCAPE_BASE + (bytes[i++] ?? 0));
    else {
      const point = codePointAt(bytes, i, size);
      if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
      else units.push(point);
      i += size;
    }
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** Where the bytes that stand for themselves end, or as many of them as one call may be given. */
function asciiEnd(bytes: Uint8Array, start: number): number {
  const most = Math.min(bytes.length, start + 8192);
  let end = start;
  while (end < most && (bytes[end] ?? 0) < 0x80) end++;
  return end;
}

/** Orders texts as Go does: by their bytes, which is by code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x < 0xe000;
    const yHigh = y >= 0xd800 && y < 0xe000;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/** Whether every byte of `text` is part of a valid character. */
export function isValidUtf8(text: string): boolean {
  return text.isWellFormed();
}

function isHighAt(text: string, i: number): boolean {
  const unit = text.charCodeAt(i);
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(i + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

function isEscapedByte(unit: number): boolean {
  return unit >= ESCAPE_BASE + 0x80 && unit <= ESCAPE_BASE + 0xff;
}

function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0;
  if (first < 0x80) return 1;
  const size =
    first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  for (let k = 1; k < size; k++) {
    const next = bytes[i + k] ?? 0;
    if ((next & 0xc0) !== 0x80) return 0;
  }
  if (size === 0) return 0;
  const point = codePointAt(bytes, i, size);
  const smallest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000;
  if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return 0;
  return size;
}

function codePointAt(bytes: Uint8Array, i: number, size: number): number {
  const first = bytes[i] ?? 0;
  if (size === 1) return first;
  let point = first & (size === 2 ? 0x1f : size === 3 ? 0x0f : 0x07);
  for (let k = 1; k < size; k++) point = (point << 6) | ((bytes[i + k] ?? 0) & 63);
  return point;
}
