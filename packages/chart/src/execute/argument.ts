import { describeNode } from '../template/describe-node.ts';
import type { ArgNode } from '../template/node.ts';
import { typeOf } from '../value/kind.ts';
import { Int, Time } from '../value/value.ts';
import type { ParamType, Value } from '../value/value.ts';
import type { Expression, State } from './state.ts';

const GO_NAMES: Readonly<Record<ParamType, string>> = {
  any: 'interface {}',
  string: 'string',
  bool: 'bool',
  int: 'int',
  int64: 'int64',
  uint32: 'uint32',
  float64: 'float64',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  time: 'time.Time',
  certificate: 'sprig.certificate',
  reflect: 'reflect.Value',
};

const NILABLE: ReadonlySet<ParamType> = new Set(['any', 'map', 'list', 'reflect']);

/** Checks that `value` may be given where Go wants a `type`, and reports it in Go's words when not. */
export function validate(state: State, value: Value, type: ParamType): Value {
  if (value === undefined) {
    return NILABLE.has(type) ? null : state.fail(`invalid value; expected ${GO_NAMES[type]}`);
  }
  if (isAssignable(value, type)) return value;
  const got = value === null ? 'interface {}' : typeOf(value);
  return state.fail(`wrong type for value; expected ${GO_NAMES[type]}; got ${got}`);
}

function isAssignable(value: Value, type: ParamType): boolean {
  switch (type) {
    case 'any':
    case 'reflect':
      return true;
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return value instanceof Int;
    case 'int64':
      return typeof value === 'bigint';
    case 'float64':
      return typeof value === 'number';
    case 'uint32':
      // No template makes such a value: only literals fit.
      return false;
    case 'time':
      return value instanceof Time;
    case 'map':
      // `.Values` is of a type of its own that has the same structure.
      return [GO_NAMES[type], 'common.Values'].includes(typeOf(value));
    default:
      return typeOf(value) === GO_NAMES[type];
  }
}

/** A literal argument for a parameter of `type`: Go converts number literals to what the function takes. */
export function literalArgument(node: ArgNode, type: ParamType): Expression {
  if (node.type === 'nil') {
    return NILABLE.has(type) ? () => null : failing(node, `cannot assign nil to ${GO_NAMES[type]}`);
  }
  switch (type) {
    case 'any':
    case 'reflect':
      return constant(node, idealConstant(node));
    case 'string':
      return node.type === 'string' ? constant(node, node.value) : failing(node, expected('string', node));
    case 'bool':
      return node.type === 'bool' ? constant(node, node.value) : failing(node, expected('bool', node));
    case 'int':
    case 'int64': {
      const integer = node.type === 'number' ? node.value.integer : undefined;
      if (integer === undefined) return failing(node, expected('integer', node));
      return constant(node, type === 'int' ? new Int(integer) : integer);
    }
    case 'uint32': {
      const integer = node.type === 'number' ? node.value.integer : undefined;
      if (integer === undefined || integer < 0n) return failing(node, expected('unsigned integer', node));
      return constant(node, new Int(BigInt.asUintN(32, integer)));
    }
    case 'float64': {
      const float = node.type === 'number' ? node.value.float : undefined;
      return float === undefined ? failing(node, expected('float', node)) : constant(node, float);
    }
    default:
      return failing(node, `can't handle ${describeNode(node)} for arg of type ${GO_NAMES[type]}`);
  }
}

/** A literal where nothing asks for a type: `1` is an `int`, `1.0` a `float64`. */
export function idealConstant(node: ArgNode): Value {
  switch (node.type) {
    case 'bool':
    case 'string':
      return node.value;
    case 'number':
      return node.value.prefersFloat || node.value.integer === undefined
        ? node.value.float
        : new Int(node.value.integer);
    default:
      return undefined;
  }
}

function constant(node: ArgNode, value: Value): Expression {
  return (state) => {
    state.node = node;
    return value;
  };
}

function failing(node: ArgNode, reason: string): Expression {
  return (state) => {
    state.node = node;
    return state.fail(reason);
  };
}

function expected(what: string, node: ArgNode): string {
  return `expected ${what}; found ${describeNode(node)}`;
}
