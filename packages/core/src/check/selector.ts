import { isRecord } from '../object/manifest.ts';

type Labels = Readonly<Record<string, string>>;

/** A label selector of Kubernetes: `matchLabels` and `matchExpressions`, all of which must hold. */
export interface Selector {
  readonly matches: (labels: Labels) => boolean;
  /** As kubectl writes it: `app=web,tier in (a,b)`; empty for a selector of everything. */
  readonly text: string;
}

interface Requirement {
  readonly text: string;
  readonly holds: (labels: Labels) => boolean;
}

/** Reads a `LabelSelector`; undefined when there is none. */
export function labelSelector(value: unknown): Selector | undefined {
  if (!isRecord(value)) return undefined;
  const labels = isRecord(value['matchLabels']) ? value['matchLabels'] : {};
  const expressions = Array.isArray(value['matchExpressions']) ? value['matchExpressions'] : [];
  return selectorOf([...equalities(labels), ...expressions.flatMap((item) => requirement(item))]);
}

/** Reads a plain map of labels, as a Service has it; undefined for none or an empty one. */
export function mapSelector(value: unknown): Selector | undefined {
  if (!isRecord(value) || Object.keys(value).length === 0) return undefined;
  return selectorOf(equalities(value));
}

function selectorOf(requirements: readonly Requirement[]): Selector {
  return {
    matches: (labels) => requirements.every(({ holds }) => holds(labels)),
    text: requirements.map(({ text }) => text).join(','),
  };
}

function equalities(labels: Readonly<Record<string, unknown>>): readonly Requirement[] {
  return Object.entries(labels).map(([key, value]) => ({
    text: `${key}=${String(value)}`,
    holds: (found) => found[key] === value,
  }));
}

/** The four operators of apimachinery; `NotIn` holds for pods without the label, too. */
function requirement(item: unknown): readonly Requirement[] {
  if (!isRecord(item) || typeof item['key'] !== 'string') return [];
  const { key, operator } = item;
  const values = new Set((Array.isArray(item['values']) ? item['values'] : []).map(String));
  const list = `(${[...values].join(',')})`;
  const has = (labels: Labels): boolean => Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return [{ text: `${key} in ${list}`, holds: (labels) => has(labels) && values.has(labels[key] ?? '') }];
    case 'NotIn':
      return [{ text: `${key} notin ${list}`, holds: (labels) => !has(labels) || !values.has(labels[key] ?? '') }];
    case 'Exists':
      return [{ text: key, holds: has }];
    case 'DoesNotExist':
      return [{ text: `!${key}`, holds: (labels) => !has(labels) }];
    default:
      return [];
  }
}
