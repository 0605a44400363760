import { FunctionError } from '../template/template-error.ts';
import type { CallContext, GoFunction, ParamType, Value } from '../value/value.ts';

type Body = (args: readonly Value[], context: CallContext) => Value;
export type FunctionTable = Readonly<Record<string, Omit<GoFunction, 'name'>>>;

/** A template function that takes exactly these arguments. */
export function fixed(params: readonly ParamType[], call: Body): Omit<GoFunction, 'name'> {
  return { params, call };
}

/** A template function that takes these arguments and any number of further ones. */
export function variadic(params: readonly ParamType[], rest: ParamType, call: Body): Omit<GoFunction, 'name'> {
  return { params, variadic: rest, call };
}

/** The argument at `index`, which the signature has checked to be a text. */
export function text(args: readonly Value[], index: number): string {
  const value = args[index];
  return typeof value === 'string' ? value : '';
}

/** Refuses in the words of the function; the engine adds its name and the place. */
export function refuse(reason: string): never {
  throw new FunctionError(reason);
}
