/** What a table of a Go test holds: texts, numbers with their Go type, lists; `undefined` for what only Go can make. */
export type GoLiteral =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'list'; readonly type: string; readonly items: readonly (GoLiteral | undefined)[] };

const TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|\s+|(`[^`]*`|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+'|[\w.]+|[^])/gu;

/** The entries of `var NAME = []…{ … }` in a Go source: one list of fields per entry. */
export function readTable(source: string, name: string): readonly (readonly (GoLiteral | undefined)[])[] {
  const start = new RegExp(`^var ${name} = \\[\\](?:struct \\{[^}]*\\}|\\w+)\\{$`, 'm').exec(source);
  if (start === null) throw new Error(`there is no table ${name}`);
  const end = source.indexOf('\n}', start.index + start[0].length);
  const tokens = [...source.slice(start.index + start[0].length, end).matchAll(TOKEN)].flatMap(
    ([, token]) => token ?? [],
  );
  return splitAt(tokens, ',').flatMap((entry) => {
    if (entry[0] !== '{') return [];
    return [splitAt(entry.slice(1, -1), ',').map(literal)];
  });
}

/** The parts between separators that stand in no brackets. */
function splitAt(tokens: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    if (token === separator && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function literal(tokens: readonly string[]): GoLiteral | undefined {
  const terms = splitAt(tokens, '+');
  if (terms.length > 1) return concatenation(terms.map(literal));
  const text = tokens.join('');
  if (tokens.length === 1) return scalar(text);
  const number = /^-([\d_.xXa-fA-F]+)$/.exec(text)?.[1];
  if (number !== undefined) return negated(scalar(number));
  const list = /^(\[\](?:any|string|int|interface\{\}))\{/.exec(text)?.[1];
  if (list === undefined || !text.endsWith('}')) return undefined;
  return {
    kind: 'list',
    type: list,
    items: splitAt(tokens.slice(tokens.indexOf('{', list.endsWith('}') ? 5 : 0) + 1, -1), ',').map(literal),
  };
}

function scalar(text: string): GoLiteral | undefined {
  if (text.startsWith('`')) return { kind: 'string', value: text.slice(1, -1) };
  if (text.startsWith('"')) {
    const value = unquote(text.slice(1, -1));
    return value === undefined ? undefined : { kind: 'string', value };
  }
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true' };
  if (/^0[0-7]+$/.test(text)) return { kind: 'int', value: BigInt(`0o${text.slice(1)}`) };
  if (/^(?:0[xX][\da-fA-F]+|0|[1-9][\d_]*)$/.test(text))
    return { kind: 'int', value: BigInt(text.replaceAll('_', '')) };
  if (/^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/.test(text)) return { kind: 'float', value: Number(text) };
  return /^[A-Za-z_]\w*$/.test(text) ? { kind: 'name', value: text } : undefined;
}

function negated(found: GoLiteral | undefined): GoLiteral | undefined {
  if (found?.kind === 'int') return { kind: 'int', value: -found.value };
  return found?.kind === 'float' ? { kind: 'float', value: -found.value } : undefined;
}

function concatenation(parts: readonly (GoLiteral | undefined)[]): GoLiteral | undefined {
  let value = '';
  for (const part of parts) {
    if (part?.kind !== 'string') return undefined;
    value += part.value;
  }
  return { kind: 'string', value };
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The text of an interpreted literal; nothing when it holds bytes that are no UTF-8. */
function unquote(body: string): string | undefined {
  let isText = true;
  const value = body.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-7]{3})|([^]))/g,
    (_, u?: string, U?: string, x?: string, octal?: string, sign = '') => {
      const point = Number.parseInt(u ?? U ?? x ?? octal ?? '0', octal === undefined ? 16 : 8);
      if (u === undefined && U === undefined && point >= 0x80) isText = false;
      return sign === '' ? String.fromCodePoint(point) : (ESCAPES[sign] ?? sign);
    },
  );
  return isText ? value : undefined;
}
