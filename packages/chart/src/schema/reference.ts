import { SchemaError } from './schema.ts';

/** A URL without its fragment, and the fragment decoded. */
export interface Reference {
  readonly url: string;
  readonly fragment: string;
}

export function splitReference(text: string): Reference {
  const hash = text.indexOf('#');
  if (hash < 0) return { url: text, fragment: '' };
  try {
    return { url: text.slice(0, hash), fragment: decodeURIComponent(text.slice(hash + 1)) };
  } catch {
    throw new SchemaError(`error in parsing "${text}": invalid URL escape`);
  }
}

/** A reference seen from `base`, by the rules of RFC 3986. */
export function resolveReference(base: string, text: string): Reference {
  const { url, fragment } = splitReference(text);
  return { url: resolveUrl(base, url), fragment };
}

const PARTS = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(\?.*)?$/;

function resolveUrl(base: string, url: string): string {
  const [, scheme, authority, path = '', query = ''] = PARTS.exec(url) ?? [];
  if (scheme !== undefined) return url;
  const [, baseScheme = '', baseAuthority, basePath = '', baseQuery = ''] = PARTS.exec(base) ?? [];
  const start = (host: string | undefined): string => `${baseScheme}:${host === undefined ? '' : `//${host}`}`;
  if (authority !== undefined) return `${start(authority)}${withoutDots(path)}${query}`;
  if (path === '') return `${start(baseAuthority)}${basePath}${query || baseQuery}`;
  const merged = path.startsWith('/') ? path : `${basePath.slice(0, basePath.lastIndexOf('/') + 1) || '/'}${path}`;
  return `${start(baseAuthority)}${withoutDots(merged)}${query}`;
}

function withoutDots(path: string): string {
  const steps: string[] = [];
  const written = path.split('/');
  for (const [i, step] of written.entries()) {
    const isLast = i === written.length - 1;
    if (step === '.' || step === '..') {
      if (step === '..' && steps.length > 1) steps.pop();
      if (isLast) steps.push('');
    } else steps.push(step);
  }
  return steps.join('/');
}

/** A location as messages show it: the steps of its pointer escaped as in a URL. */
export function locationOf(url: string, pointer: string): string {
  return `${url}#${pointer.split('/').map(encodeStep).join('/')}`;
}

/** Go's `url.PathEscape`, which leaves more as it is than JavaScript's own. */
function encodeStep(step: string): string {
  return encodeURIComponent(step)
    .replace(/%(24|26|2B|3A|3D|40)/g, (code) => decodeURIComponent(code))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
