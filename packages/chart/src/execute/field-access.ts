import { typeOf } from '../value/kind.ts';
import { Named, StringMap } from '../value/value.ts';
import type { GoFunction, Value } from '../value/value.ts';
import type { State } from './state.ts';

/** The method that Go would find on `receiver` under `name`. */
export function methodOf(receiver: Value, name: string): GoFunction | undefined {
  return receiver instanceof Named ? receiver.methods.get(name) : undefined;
}

/**
 * `receiver.name` for a name that is no method. A key that a map does not have is nil; a field of nil is an error,
 * unless the nil came through a pipeline, where Go has lost its type and lets it pass.
 */
export function accessField(
  state: State,
  receiver: Value,
  name: string,
  options: { readonly boxed: boolean; readonly hasArgs: boolean; readonly isLast: boolean },
): Value {
  if (receiver === undefined) {
    if (state.run.missingKeyIsError) state.fail(`nil data; no entry for key "${name}"`);
    return undefined;
  }
  if (receiver === null) return state.fail(`nil pointer evaluating interface {}.${name}`);
  state.run.tracer?.step(state, receiver, name, options.isLast);
  if (receiver instanceof Map) return accessKey(state, receiver, name, options.hasArgs);
  if (receiver instanceof Named && receiver.content instanceof Map) {
    if (!receiver.isStruct) return accessKey(state, receiver.content, name, options.hasArgs);
    const field = receiver.content.get(name);
    if (field !== undefined) {
      if (options.hasArgs) state.fail(`${name} has arguments but cannot be invoked as function`);
      return field;
    }
  }
  return state.fail(`can't evaluate field ${name} in type ${options.boxed ? 'interface {}' : typeOf(receiver)}`);
}

function accessKey(state: State, map: ReadonlyMap<string, Value>, name: string, hasArgs: boolean): Value {
  if (hasArgs) state.fail(`${name} is not a method but has arguments`);
  const value = map.get(name);
  if (value !== undefined) return value;
  if (state.run.missingKeyIsError && !map.has(name)) state.fail(`map has no entry for key "${name}"`);
  return map instanceof StringMap ? '' : null;
}
