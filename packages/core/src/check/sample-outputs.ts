import { CAPABILITIES, type Output } from '../spec/capability.ts';

/** In the names of all samples, so that what refers to one can be told from a mistake. */
export const SAMPLE = 'sample';

/**
 * Outputs of a provider that is not there, to try a component alone: as the vocabulary says, and for a capability that it does not know, what
 * the component asks of it in its expressions. Where a provider runs is told only when `isFull`: one outside the cluster cannot say.
 */
export function sampleOutputs(
  alias: string,
  capability: string,
  { asked, isFull }: { readonly asked: ReadonlySet<string>; readonly isFull: boolean },
): Readonly<Record<string, unknown>> {
  const outputs = CAPABILITIES[capability]?.outputs;
  const known = Object.entries(outputs ?? {})
    .filter(([name, { isRequired }]) => isRequired || isFull || name === 'secretName')
    .map(([name, output]) => [name, sampleOf(name, output)] as const);
  // Beyond the vocabulary a provider may give anything, and a component may rely on it: it is tried with all it asks for.
  const beyond = [...asked]
    .filter((name) => outputs?.[name] === undefined)
    .map((name) => [name, guess(name, alias)] as const);
  return Object.fromEntries([...known, ...beyond]);
}

function sampleOf(name: string, { schema }: Output): unknown {
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (schema['type'] === 'integer') return 4000;
  return typeof schema['pattern'] === 'string' ? `http://${SAMPLE}.example.org` : textFor(name);
}

function guess(name: string, alias: string): unknown {
  if (/port$/i.test(name)) return 4000;
  if (/url$/i.test(name) || name === 'issuer') return `http://${SAMPLE}-${alias}.example.org`;
  return textFor(name);
}

function textFor(name: string): string {
  return name === 'host' ? `${SAMPLE}.example.org` : SAMPLE;
}
