import { compileGoRegExp } from '../functions/go-regexp.ts';
import { quoteGo } from '../value/quote.ts';
import { utf8Length } from '../value/utf8.ts';
import { dateFault, dateTimeFault, durationFault, timeFault } from './format-time.ts';
import { emailFault, hostnameFault, ipv4Fault, ipv6Fault } from './format-host.ts';
import type { Format } from './schema.ts';

/** Why a text is not of a format; nothing when it is. */
type Fault = (text: string) => string | undefined;

const FAULTS: Readonly<Record<string, Fault>> = {
  'json-pointer': pointerFault,
  'relative-json-pointer': relativePointerFault,
  uuid: uuidFault,
  duration: durationFault,
  ipv4: ipv4Fault,
  ipv6: ipv6Fault,
  hostname: hostnameFault,
  email: emailFault,
  date: dateFault,
  time: timeFault,
  'date-time': dateTimeFault,
  uri: uriFault,
  iri: uriFault,
  'uri-reference': uriReferenceFault,
  'iri-reference': uriReferenceFault,
  'uri-template': uriReferenceFault,
  semver: semverFault,
  regex: regexFault,
};

/** The format of a name that Helm's validator knows; others are not checked. Formats are about texts alone. */
export function formatNamed(name: string): Format | undefined {
  const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  return fault && { name, fault: (value) => (typeof value === 'string' ? fault(value) : undefined) };
}

function regexFault(text: string): string | undefined {
  try {
    compileGoRegExp(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}

function pointerFault(text: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith('/')) return 'not starting with /';
  return /~(?![01])/.test(text) ? '~ must be followed by 0 or 1' : undefined;
}

function relativePointerFault(text: string): string | undefined {
  const [digits = ''] = /^\d*/.exec(text) ?? [];
  if (digits === '') return 'must start with non-negative integer';
  if (digits.length > 1 && digits.startsWith('0')) return 'starts with zero';
  const rest = text.slice(digits.length);
  return rest === '#' ? undefined : pointerFault(rest);
}

const UUID_GROUPS = [8, 4, 4, 4, 12];

function uuidFault(text: string): string | undefined {
  const groups = text.split('-');
  if (groups.length !== UUID_GROUPS.length) return `must have ${UUID_GROUPS.length} elements`;
  for (const [i, group] of groups.entries()) {
    const wanted = UUID_GROUPS[i] ?? 0;
    if (utf8Length(group) !== wanted) return `element ${i + 1} must be ${wanted} characters long`;
    const [wrong] = /[^0-9a-fA-F]/u.exec(group) ?? [];
    if (wrong !== undefined) return `non-hex character ${quoteGo(wrong, { quote: "'" })}`;
  }
  return undefined;
}

/** What Go's `url.Parse` refuses, as far as people write such things. */
function urlFault(text: string): string | undefined {
  const failed = (reason: string): string => `parse ${quoteGo(text)}: ${reason}`;
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return failed('net/url: invalid control character in URL');
  if (text.startsWith(':')) return failed('missing protocol scheme');
  const [first = ''] = text.split('/');
  if (first.includes(':') && !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(first)) {
    return failed('first path segment in URL cannot contain colon');
  }
  const escape = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(text)?.[0];
  if (escape !== undefined) return failed(`invalid URL escape ${quoteGo(escape)}`);
  const host = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1]?.replace(/^.*@/, '') ?? '';
  const wrong = /[ "<>\\^`{|}]/.exec(host)?.[0];
  if (wrong !== undefined) return failed(`invalid character ${quoteGo(wrong)} in host name`);
  const port = /:([^:\]]*)$/.exec(host)?.[1] ?? '';
  return /^\d*$/.test(port) ? undefined : failed(`invalid port ${quoteGo(`:${port}`)} after host`);
}

function uriFault(text: string): string | undefined {
  return urlFault(text) ?? (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) ? undefined : 'relative url');
}

function uriReferenceFault(text: string): string | undefined {
  return text.includes('\\') ? 'contains \\' : urlFault(text);
}

const SEMVER_PARTS = ['major', 'minor', 'patch'];

function semverFault(text: string): string | undefined {
  const [, core = '', prerelease, build] = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text) ?? [];
  if (build === '') return 'build is empty';
  const fault =
    (build === undefined ? undefined : identifiersFault(build, 'build')) ??
    (prerelease === undefined ? undefined : identifiersFault(prerelease, 'pre-release'));
  if (fault !== undefined) return fault;
  const numbers = core.split('.');
  if (numbers.length !== 3) return 'versionCore must have 3 numbers separated by dot';
  for (const [i, number] of numbers.entries()) {
    const name = SEMVER_PARTS[i] ?? '';
    if (number === '') return `${name} is empty`;
    if (/^0./.test(number)) return `${name} starts with zero`;
    const wrong = /\D/u.exec(number)?.[0];
    if (wrong !== undefined) return `invalid character ${quoteGo(wrong, { quote: "'" })} in ${name}`;
  }
  return undefined;
}

function identifiersFault(part: string, name: 'build' | 'pre-release'): string | undefined {
  for (const identifier of part.split('.')) {
    if (identifier === '') return `${name} identifier is empty`;
    const wrong = /[^0-9A-Za-z-]/u.exec(identifier)?.[0];
    if (wrong !== undefined) return `invalid character ${quoteGo(wrong, { quote: "'" })} in ${name} identifier`;
    if (name === 'pre-release' && /^0\d+$/.test(identifier)) return 'pre-release numeric identifier starts with zero';
  }
  return undefined;
}
