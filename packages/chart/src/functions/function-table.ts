import type { GoFunction } from '../value/value.ts';
import { BUILTIN } from './builtin.ts';
import { CERTIFICATES } from './certificates.ts';
import { COMPARISON } from './comparison.ts';
import { CRYPTO } from './crypto.ts';
import { DATE, DURATION } from './date.ts';
import type { FunctionTable } from './define.ts';
import { DICT } from './dict.ts';
import { ENCODING } from './encoding.ts';
import { HELM } from './helm.ts';
import { LETTER_CASE } from './letter-case.ts';
import { LIST } from './list.ts';
import { MATH } from './math.ts';
import { PASSWORDS } from './passwords.ts';
import { PATH } from './path.ts';
import { REFLECTION } from './reflection.ts';
import { REGEX } from './regex.ts';
import { SEMVER } from './semver.ts';
import { TEXT } from './text.ts';
import { TOML } from './toml.ts';

const FAMILIES: readonly FunctionTable[] = [
  BUILTIN,
  COMPARISON,
  TEXT,
  LETTER_CASE,
  LIST,
  DICT,
  MATH,
  REFLECTION,
  ENCODING,
  REGEX,
  SEMVER,
  DATE,
  DURATION,
  CRYPTO,
  PASSWORDS,
  CERTIFICATES,
  PATH,
  TOML,
  HELM,
];

/** Every function that a template may call. Later families win, as Helm's functions do over sprig's and sprig's over Go's. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(
  FAMILIES.flatMap((family) => Object.entries(family).map(([name, entry]) => [name, { name, ...entry }] as const)),
);
