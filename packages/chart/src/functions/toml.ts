import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';
import { readToml } from './toml-reader.ts';
import { TomlError, writeToml } from './toml-writer.ts';

/** Helm gives the reason as the text; the `must` function refuses with it. */
function toToml(isStrict: boolean): FunctionTable[string] {
  return fixed(['any'], ([value]) => {
    if (value === null || value === undefined) refuse('reflect: call of reflect.Value.Type on zero Value');
    try {
      return writeToml(value);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      return isStrict ? refuse(error.message) : error.message;
    }
  });
}

/** Helm's ways in and out of TOML. */
export const TOML: FunctionTable = {
  toToml: toToml(false),
  mustToToml: toToml(true),
  fromToml: fixed(['string'], (args) => readToml(text(args, 0))),
};
