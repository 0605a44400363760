/** What stands between `%` and the verb. */
export interface PrintfFlags {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%+v`: structs show the names of their fields. */
  plusV: boolean;
  /** `%#v`: values are shown in Go's syntax. */
  sharpV: boolean;
  width: number | undefined;
  precision: number | undefined;
}

export function noFlags(): PrintfFlags {
  return {
    plus: false,
    minus: false,
    sharp: false,
    space: false,
    zero: false,
    plusV: false,
    sharpV: false,
    width: undefined,
    precision: undefined,
  };
}

/** `text` in at least as many characters as were asked for. Zeros are for the left side alone. */
export function pad(text: string, flags: PrintfFlags): string {
  const missing = (flags.width ?? 0) - Array.from(text).length;
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + text;
}

export function padWithSpaces(text: string, flags: PrintfFlags): string {
  return pad(text, { ...flags, zero: false });
}
