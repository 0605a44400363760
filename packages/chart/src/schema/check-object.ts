import { compareText } from '../value/utf8.ts';
import type { Value } from '../value/value.ts';
import { count, quoted, quotedList } from './failure.ts';
import type { Checking } from './checking.ts';

type Properties = ReadonlyMap<string, Value>;

/** The rules for objects. */
export function checkObject(checking: Checking, properties: Properties): void {
  const { rules } = checking.schema;
  const { minProperties, maxProperties, required = [] } = rules;
  const { size } = properties;
  if (minProperties !== undefined && size < minProperties) {
    checking.fail(`minProperties: got ${count(size)}, want ${count(minProperties)}`);
  }
  if (maxProperties !== undefined && size > maxProperties) {
    checking.fail(`maxProperties: got ${count(size)}, want ${count(maxProperties)}`);
  }
  const missing = required.filter((name) => !properties.has(name));
  if (missing.length === 1) checking.fail(`missing property ${quotedList(missing)}`);
  if (missing.length > 1) checking.fail(`missing properties ${quotedList(missing)}`);
  for (const [name, dependency] of rules.dependencies ?? []) {
    if (!properties.has(name)) continue;
    if ('location' in dependency) checking.checkSame(dependency);
    else checkDependents(checking, { name, required: dependency }, properties);
  }
  checkProperties(checking, properties);
  checkNames(checking, properties);
  for (const [name, schema] of rules.dependentSchemas ?? []) if (properties.has(name)) checking.checkSame(schema);
  for (const [name, names] of rules.dependentRequired ?? []) {
    if (properties.has(name)) checkDependents(checking, { name, required: names }, properties);
  }
}

interface Dependents {
  readonly name: string;
  readonly required: readonly string[];
}

function checkDependents(checking: Checking, { name, required }: Dependents, properties: Properties): void {
  const missing = required.filter((other) => !properties.has(other));
  if (missing.length > 0) checking.fail(`properties ${quotedList(missing)} required, if ${quoted(name)} exists`);
}

function checkProperties(checking: Checking, properties: Properties): void {
  const { properties: known, patternProperties = [], additionalProperties } = checking.schema.rules;
  const refused: string[] = [];
  for (const name of sortedNames(properties)) {
    const value = properties.get(name);
    const own = known?.get(name);
    const matching = patternProperties.filter(({ pattern }) => pattern.matches(name)).map(({ schema }) => schema);
    const schemas = own === undefined ? matching : [own, ...matching];
    for (const schema of schemas) checking.checkInner(schema, value, name);
    if (schemas.length > 0) checking.unseen.delete(name);
    else if (additionalProperties === false) refused.push(name);
    else if (typeof additionalProperties === 'object') checking.checkInner(additionalProperties, value, name);
  }
  if (refused.length > 0) checking.fail(`additional properties ${quotedList(refused)} not allowed`);
}

function checkNames(checking: Checking, properties: Properties): void {
  const { propertyNames } = checking.schema.rules;
  if (propertyNames === undefined) return;
  for (const name of sortedNames(properties)) {
    const causes = checking.alone(propertyNames, name);
    if (causes.length > 0) checking.fail(`invalid propertyName ${quoted(name)}`, causes);
  }
}

function sortedNames(properties: Properties): string[] {
  return [...properties.keys()].sort(compareText);
}
