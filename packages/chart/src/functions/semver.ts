import { parseConstraint, satisfies } from '../semver/constraint.ts';
import { compareVersions, describeInvalidVersion, formatVersion, parseVersion } from '../semver/version.ts';
import type { Version } from '../semver/version.ts';
import { Named } from '../value/value.ts';
import type { GoFunction, Value } from '../value/value.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

function versionOf(written: string): Version {
  return parseVersion(written) ?? refuse(describeInvalidVersion(written));
}

/** The object that sprig's `semver` gives, with the methods that charts call. */
function versionObject(version: Version): Named {
  const part = (name: string, value: Value): [string, GoFunction] => [name, { name, params: [], call: () => value }];
  const versus = (name: string, test: (order: number) => Value): [string, GoFunction] => [
    name,
    {
      name,
      params: ['any'],
      call: ([other]) => test(compareVersions(version, originalOf(other))),
    },
  ];
  const methods = new Map<string, GoFunction>([
    part('Major', version.major),
    part('Minor', version.minor),
    part('Patch', version.patch),
    part('Prerelease', version.prerelease),
    part('Metadata', version.metadata),
    part('Original', version.original),
    part('String', formatVersion(version)),
    versus('Compare', (order) => BigInt(order)),
    versus('Equal', (order) => order === 0),
    versus('LessThan', (order) => order < 0),
    versus('GreaterThan', (order) => order > 0),
  ]);
  return new Named('*semver.Version', new Map([['original', version.original]]), {
    isStruct: true,
    methods,
    text: formatVersion(version),
    marshalled: formatVersion(version),
  });
}

function originalOf(value: Value): Version {
  const original = value instanceof Named && value.content instanceof Map ? value.content.get('original') : undefined;
  return versionOf(typeof original === 'string' ? original : '');
}

/** sprig's functions on versions. */
export const SEMVER: FunctionTable = {
  semver: fixed(['string'], (args) => versionObject(versionOf(text(args, 0)))),
  semverCompare: fixed(['string', 'string'], (args) => {
    const constraint = parseConstraint(text(args, 0));
    if (typeof constraint === 'string') return refuse(constraint);
    return satisfies(versionOf(text(args, 1)), constraint);
  }),
};
