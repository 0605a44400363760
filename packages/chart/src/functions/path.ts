import { asMap } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';
import { typeOf } from '../value/kind.ts';
import { quoteGo } from '../value/quote.ts';

/** Go's `path.Clean`. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push('..');
  }
  return (isAbsolute ? '/' : '') + parts.join('/') || '.';
}

/** Go's `path.Base`. */
export function baseName(path: string): string {
  if (path === '') return '.';
  const stripped = path.replace(/\/+$/, '');
  return stripped === '' ? '/' : stripped.slice(stripped.lastIndexOf('/') + 1);
}

/** Go's `path.Ext`. */
export function extension(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return base.includes('.') ? base.slice(base.lastIndexOf('.')) : '';
}

function urlParse(url: string): ValueMap {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  if (match === null || /\p{Cc}/u.test(url)) {
    return refuse(`unable to parse url: parse ${quoteGo(url)}: net/url: invalid control character in URL`);
  }
  const prefix = url.startsWith(':') ? 'missing protocol scheme' : undefined;
  const [segment = ''] = url.split(/[/?#]/);
  const isAmbiguous = match[1] === undefined && segment.includes(':');
  const fault = prefix ?? (isAmbiguous ? 'first path segment in URL cannot contain colon' : undefined);
  if (fault !== undefined) refuse(`unable to parse url: parse ${quoteGo(url)}: ${fault}`);
  const [, scheme = '', slashes, authority = '', path = '', query = '', fragment = ''] = match;
  const isOpaque = scheme !== '' && slashes === undefined && path !== '' && !path.startsWith('/');
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  return new Map<string, Value>([
    ['scheme', scheme.toLowerCase()],
    ['userinfo', at < 0 ? '' : authority.slice(0, at)],
    ['host', host],
    ['hostname', host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')],
    ['path', isOpaque ? '' : percentDecode(path)],
    ['opaque', isOpaque ? path : ''],
    ['query', query],
    ['fragment', percentDecode(fragment)],
  ]);
}

function percentDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return refuse(`unable to parse url: invalid URL escape in ${JSON.stringify(value)}`);
  }
}

function urlJoin(parts: ReadonlyMap<string, Value>): string {
  const part = (name: string): string => {
    const value = parts.get(name) ?? '';
    if (typeof value === 'string') return value;
    return refuse(`unable to parse ${name} key, must be of type string, but ${typeOf(value)} found`);
  };
  const [scheme, host, path, opaque, user] = ['scheme', 'host', 'path', 'opaque', 'userinfo'].map(part);
  let url = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') url += opaque;
  else {
    if (scheme !== '' || host !== '' || user !== '') {
      if (host !== '' || path !== '' || user !== '') url += '//';
      url += `${user === '' ? '' : `${user}@`}${host}`;
    }
    const escaped = encodeURI(path ?? '')
      .replaceAll('#', '%23')
      .replaceAll('?', '%3F');
    url += escaped !== '' && !escaped.startsWith('/') && host !== '' ? `/${escaped}` : escaped;
  }
  if (part('query') !== '') url += `?${part('query')}`;
  return part('fragment') === '' ? url : `${url}#${encodeURI(part('fragment'))}`;
}

const onPath = (change: (path: string) => Value): NonNullable<FunctionTable[string]> =>
  fixed(['string'], (args) => change(text(args, 0)));
const base = onPath(baseName);
const clean = onPath(cleanPath);
const dir = onPath((path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)));
const ext = onPath(extension);
const isAbs = onPath((path) => path.startsWith('/'));

/** sprig's paths and URLs. No function asks the network; host names resolve to nothing, as in Helm without `--enable-dns`. */
export const PATH: FunctionTable = {
  base,
  clean,
  dir,
  ext,
  isAbs,
  osBase: base,
  osClean: clean,
  osDir: dir,
  osExt: ext,
  osIsAbs: isAbs,
  urlParse: onPath(urlParse),
  urlJoin: fixed(['map'], ([parts]) => urlJoin(asMap(parts) ?? new Map())),
  getHostByName: onPath(() => ''),
};
