import { type Finding, type Place, readSpec, type Written } from '@naru/core';
import { loadYaml } from './yaml-file.ts';

type Schema<T> = Parameters<typeof readSpec>[0] & { readonly _output?: T };

/** Reads a YAML file of Naru's own and checks it against its schema; what is wrong are findings. */
export async function loadDocument<S extends Schema<unknown>>(
  path: string,
  schema: S,
  mentioned?: Place,
): Promise<{ readonly written: Written<ReturnType<S['parse']>> | undefined; readonly findings: readonly Finding[] }> {
  const { document, findings } = await loadYaml(path, mentioned);
  if (document === undefined) return { written: undefined, findings };
  const reading = readSpec(schema, document);
  if (reading.spec === undefined) return { written: undefined, findings: reading.findings };
  return { written: { spec: reading.spec as ReturnType<S['parse']>, document }, findings: [] };
}
