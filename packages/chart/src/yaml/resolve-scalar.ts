import { parseInteger } from '../template/number.ts';

/** What a plain scalar means in YAML 1.1 as Go reads it. Timestamps stay texts, but are no plain texts when written. */
export type Resolved =
  | { readonly tag: 'null' }
  | { readonly tag: 'bool'; readonly value: boolean }
  | { readonly tag: 'int'; readonly value: bigint }
  | { readonly tag: 'float'; readonly value: number }
  | { readonly tag: 'timestamp' | 'str' };

const STRING: Resolved = { tag: 'str' };
const WORDS: ReadonlyMap<string, Resolved> = new Map([
  ...words(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], { tag: 'bool', value: true }),
  ...words(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], { tag: 'bool', value: false }),
  ...words(['', '~', 'null', 'Null', 'NULL'], { tag: 'null' }),
  ...words(['.nan', '.NaN', '.NAN'], { tag: 'float', value: Number.NaN }),
  ...words(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], { tag: 'float', value: Infinity }),
  ...words(['-.inf', '-.Inf', '-.INF'], { tag: 'float', value: -Infinity }),
]);

function words(list: readonly string[], resolved: Resolved): [string, Resolved][] {
  return list.map((word) => [word, resolved]);
}

const STYLE_FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/** Resolves a plain scalar as `go.yaml.in/yaml/v2` does. */
export function resolveScalar(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return /^\.\d+([eE][-+]?\d+)?$/.test(text) ? { tag: 'float', value: Number(text) } : STRING;
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  return isNumeric ? resolveNumeric(text) : STRING;
}

function resolveNumeric(text: string): Resolved {
  if (isTimestamp(text)) return { tag: 'timestamp' };
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined && integer >= -(2n ** 63n) && integer < 2n ** 64n) {
    if (integer < 2n ** 63n || !plain.startsWith('+')) return { tag: 'int', value: integer };
  }
  if (!STYLE_FLOAT.test(plain)) return STRING;
  const value = Number(plain);
  return Number.isFinite(value) ? { tag: 'float', value } : STRING;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?))?$/;

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = match
    .slice(match[4] === undefined ? 7 : 4)
    .map((part) => Number(part ?? 0));
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

/** YAML 1.1 has numbers in base 60, `1:30`. Go does not read them and quotes them all the same. */
export function isBase60(text: string): boolean {
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
}
