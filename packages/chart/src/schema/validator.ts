import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { shown } from './failure.ts';
import type { Failure } from './failure.ts';
import { isEqual, isInteger, jsonTypeOf } from './json-value.ts';
import type { Schema } from './schema.ts';
import { checkArray } from './check-array.ts';
import type { Checking } from './checking.ts';
import { checkObject } from './check-object.ts';
import { checkNumber, checkText } from './check-scalar.ts';

/** The schemas that are being applied, innermost first: for circles, and for dynamic references. */
interface Scope {
  readonly schema: Schema;
  readonly keyword: string;
  /** Equal for scopes that look at the same value. */
  readonly depth: number;
  readonly parent: Scope | undefined;
}

const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

/**
 * Checks `value` against a compiled schema: nothing when it fits, otherwise all that is wrong with it.
 *
 * Maps are walked in the order of their sorted keys, so that the same values always give the same text. Helm's validator
 * walks them in Go's random order.
 */
export function validate(schema: Schema, value: Value): readonly Failure[] {
  const scope = { schema, keyword: '', depth: 0, parent: undefined };
  const failures = new Validator(schema, value, { path: [], scope }).run();
  // A lone group says nothing that its causes do not say.
  const [first] = failures;
  return failures.length === 1 && first?.kind === 'group' ? first.causes : failures;
}

interface Situation {
  readonly path: readonly string[];
  readonly scope: Scope;
  /** Whether an outer schema wants to know what stays unseen. */
  readonly tracks?: boolean;
}

/** One schema applied to one value. */
class Validator implements Checking {
  readonly schema: Schema;
  readonly value: Value;
  readonly unseen: Set<string>;
  readonly #path: readonly string[];
  readonly #scope: Scope;
  readonly #failures: Failure[] = [];

  constructor(schema: Schema, value: Value, { path, scope, tracks = false }: Situation) {
    this.schema = schema;
    this.value = value;
    this.#path = path;
    this.#scope = scope;
    this.unseen = unseenBefore(schema, value, tracks);
  }

  run(): readonly Failure[] {
    const { schema } = this;
    if (schema.verdict !== undefined) return schema.verdict ? [] : [this.#plain('false schema')];
    const circle = this.#circle();
    if (circle !== undefined) return [this.#plain(circle)];
    const wrong = this.#wrongAsWhole();
    if (wrong !== undefined) return [this.#plain(wrong)];
    if (schema.ref !== undefined) {
      const failure = this.#follow(schema.ref, '$ref');
      if (failure !== undefined) this.#failures.push(failure);
      if (schema.draft < 2019) return this.#failures;
    }
    this.#checkInside();
    this.#followDynamic();
    this.#combine();
    if (schema.draft >= 2019) this.#checkUnseen();
    return this.#failures;
  }

  fail(text: string, causes: readonly Failure[] = []): void {
    this.#failures.push({ ...this.#plain(text), causes });
  }

  /** What is wrong with an inner value, as one failure. */
  inner(schema: Schema, value: Value, step: string): Failure | undefined {
    const path = [...this.#path, step];
    const scope = { schema, keyword: '', depth: this.#scope.depth + 1, parent: this.#scope };
    return grouped(new Validator(schema, value, { path, scope }).run(), path);
  }

  checkInner(schema: Schema, value: Value, step: string): void {
    const failure = this.inner(schema, value, step);
    if (failure !== undefined) this.#failures.push(failure);
  }

  /** What another schema finds wrong with the same value. What it has seen counts as seen, when it takes the value. */
  same(schema: Schema, keyword = ''): Failure | undefined {
    const scope = { schema, keyword, depth: this.#scope.depth, parent: this.#scope };
    const validator = new Validator(schema, this.value, { path: this.#path, scope, tracks: this.unseen.size > 0 });
    const failure = grouped(validator.run(), this.#path);
    if (failure === undefined) {
      for (const name of this.unseen) if (!validator.unseen.has(name)) this.unseen.delete(name);
    }
    return failure;
  }

  checkSame(schema: Schema): void {
    const failure = this.same(schema);
    if (failure !== undefined) this.#failures.push(failure);
  }

  alone(schema: Schema, value: Value): readonly Failure[] {
    return validate(schema, value);
  }

  #plain(text: string): Failure {
    return { kind: 'plain', at: this.#path, text, causes: [] };
  }

  /** Kind, constant, choice and format: when one of these is wrong, nothing else is said. */
  #wrongAsWhole(): string | undefined {
    const { value } = this;
    const { types, enum: choices, const: constant, format } = this.schema.rules;
    const type = jsonTypeOf(value);
    if (type === undefined) return 'invalid jsonType';
    if (types !== undefined && types.length > 0) {
      const fits = types.includes(type) || (types.includes('integer') && isInteger(value));
      if (!fits) return `got ${type}, want ${TYPES.filter((name) => types.includes(name)).join(' or ')}`;
    }
    if (constant !== undefined && !isEqual(value, constant.value)) {
      return isScalar(constant.value) ? `value must be ${shown(constant.value)}` : "'const' failed";
    }
    if (choices !== undefined && !choices.some((choice) => isEqual(value, choice))) {
      if (!choices.every(isScalar)) return "'enum' failed";
      return `value must be ${choices.length === 1 ? '' : 'one of '}${choices.map(shown).join(', ')}`;
    }
    const fault = format?.fault(value);
    return fault === undefined ? undefined : `${shown(value)} is not valid ${format?.name}: ${fault}`;
  }

  #checkInside(): void {
    const { value } = this;
    if (Array.isArray(value)) checkArray(this, value);
    else if (typeof value === 'string') checkText(this, value);
    else if (jsonTypeOf(value) === 'number') checkNumber(this, value);
    const map = asMap(value);
    if (map !== undefined) checkObject(this, map);
  }

  #combine(): void {
    const { not, allOf = [], anyOf = [], oneOf = [] } = this.schema.rules;
    if (not !== undefined && this.same(not) === undefined) this.fail("'not' failed");
    const wrong = allOf.flatMap((schema) => this.same(schema) ?? []);
    if (wrong.length > 0) this.fail("'allOf' failed", wrong);
    this.#anyOf(anyOf);
    this.#oneOf(oneOf);
    this.#condition();
  }

  #anyOf(schemas: readonly Schema[]): void {
    const failures: Failure[] = [];
    for (const schema of schemas) {
      const failure = this.same(schema);
      if (failure !== undefined) failures.push(failure);
      // The others are still asked when it matters what they would have seen.
      else if (this.unseen.size === 0) return;
    }
    if (schemas.length > 0 && failures.length === schemas.length) this.fail("'anyOf' failed", failures);
  }

  #oneOf(schemas: readonly Schema[]): void {
    const failures: Failure[] = [];
    let matched: number | undefined;
    for (const [i, schema] of schemas.entries()) {
      const failure = this.same(schema);
      if (failure !== undefined) failures.push(failure);
      else if (matched === undefined) matched = i;
      else return this.fail(`'oneOf' failed, subschemas ${matched}, ${i} matched`);
    }
    if (schemas.length > 0 && matched === undefined) this.fail("'oneOf' failed, none matched", failures);
  }

  #condition(): void {
    const { condition, whenTrue, whenFalse } = this.schema.rules;
    if (condition === undefined) return;
    const branch = this.same(condition) === undefined ? whenTrue : whenFalse;
    if (branch !== undefined) this.checkSame(branch);
  }

  #checkUnseen(): void {
    const { unevaluatedProperties, unevaluatedItems } = this.schema.rules;
    const rule = Array.isArray(this.value) ? unevaluatedItems : unevaluatedProperties;
    if (rule === undefined) return;
    for (const step of this.unseen) {
      const value = Array.isArray(this.value) ? this.value[Number(step)] : asMap(this.value)?.get(step);
      this.checkInner(rule, value, step);
    }
    this.unseen.clear();
  }

  #follow(target: Schema, keyword: string): Failure | undefined {
    const failure = this.same(target, keyword);
    if (failure === undefined) return undefined;
    const causes = failure.kind === 'group' ? failure.causes : [failure];
    return { kind: 'reference', at: this.#path, text: 'validation failed', causes };
  }

  #followDynamic(): void {
    const { recursiveRef, dynamicRef } = this.schema;
    if (recursiveRef !== undefined) {
      const isDynamic = recursiveRef.recursiveAnchor;
      const find = (schema: Schema) => (schema.resource?.recursiveAnchor === true ? schema : undefined);
      this.#push(this.#follow((isDynamic ? this.#outermost(find) : undefined) ?? recursiveRef, '$recursiveRef'));
    }
    if (dynamicRef !== undefined) {
      const { target, anchor } = dynamicRef;
      const isDynamic = anchor !== '' && target.dynamicAnchor === anchor;
      const find = (schema: Schema) => schema.resource?.dynamicAnchors.get(anchor);
      this.#push(this.#follow((isDynamic ? this.#outermost(find) : undefined) ?? target, '$dynamicRef'));
    }
  }

  #push(failure: Failure | undefined): void {
    if (failure !== undefined) this.#failures.push(failure);
  }

  /** What the outermost scope has that has it at all. */
  #outermost(find: (schema: Schema) => Schema | undefined): Schema | undefined {
    let found: Schema | undefined;
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.parent) {
      found = find(scope.schema) ?? found;
    }
    return found;
  }

  /** Whether this schema is already being applied to this very value: a reference that leads back to itself. */
  #circle(): string | undefined {
    const { schema, depth } = this.#scope;
    for (let scope = this.#scope.parent; scope?.depth === depth; scope = scope.parent) {
      if (scope.schema !== schema) continue;
      const [here, there] = [keywordsOf(this.#scope), keywordsOf(scope)];
      return `both ${here} and ${there} resolve to "${schema.location}" causing reference cycle`;
    }
    return undefined;
  }
}

function keywordsOf(scope: Scope): string {
  let text = '';
  for (let at = scope; at.parent !== undefined; at = at.parent) {
    const own = at.keyword === '' ? at.schema.location.slice(at.parent.schema.location.length) : `/${at.keyword}`;
    text = own + text;
  }
  return text;
}

/** Several failures of one value are shown together under one line. */
function grouped(failures: readonly Failure[], at: readonly string[]): Failure | undefined {
  if (failures.length <= 1) return failures[0];
  return { kind: 'group', at, text: 'validation failed', causes: failures };
}

function unseenBefore({ rules, draft }: Schema, value: Value, tracks: boolean): Set<string> {
  if (Array.isArray(value)) {
    const seesAll = rules.otherItems !== undefined;
    if (seesAll || !(tracks || rules.unevaluatedItems !== undefined)) return new Set();
    const seen = rules.firstItems?.length ?? 0;
    return new Set(value.flatMap((_, i) => (i < seen ? [] : [String(i)])));
  }
  const map = asMap(value);
  const wants = draft >= 2019 && (tracks || rules.unevaluatedProperties !== undefined);
  return map === undefined || rules.additionalProperties !== undefined || !wants
    ? new Set()
    : new Set([...map.keys()].sort());
}

function isScalar(value: Value): boolean {
  return !Array.isArray(value) && asMap(value) === undefined;
}
