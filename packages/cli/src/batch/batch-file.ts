import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Document, findingOf, NaruError, readDocument, readSpec, refuseErrors } from '@naru/core';
import { readText } from '@naru/engine';
import { z } from 'zod';

/** A list of this size is a mistake; a thousand releases take a tenth of it. */
const LIMIT_BYTES = 16 * 1024 * 1024;
const File = z.string().min(1);

/** `--batch`: the releases that one run renders. */
export const Batch = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/)
        .describe('Names the file that is written: `<name>.yaml`, or `<name>.err`.'),
      release: z.string().min(1).describe('Name of the release.'),
      chart: File.describe('Folder or archive of the chart, relative to this file.'),
      namespace: z.string().min(1),
      values: z.array(File).optional().describe('Values files, relative to this file; later ones win.'),
      set: z.array(z.string()).optional().describe('Values in the grammar of `--set`; they win over files.'),
      kubeVersion: z.string().optional().describe('As `--kube-version`.'),
      apiVersions: z.array(z.string()).optional().describe('As `--api-versions`.'),
      includeCrds: z.boolean().optional().describe('As `--include-crds`.'),
    }),
  )
  .describe('The releases that `naru chart template --batch` renders.');
export type Batch = z.infer<typeof Batch>;
export type BatchRelease = Batch[number];

/**
 * Reads the list of releases, with paths made absolute. Throws a `Refusal` with everything that is wrong with it: unknown
 * fields, names that would leave the folder of the output, and names that would write the same file.
 */
export async function readBatch(file: string): Promise<readonly BatchRelease[]> {
  const spec = await asJson(file);
  if (spec !== undefined) return absolute(spec, dirname(resolve(file)));
  const { text, finding } = await readText(file, LIMIT_BYTES);
  if (text === undefined) return refuse([finding]);
  const { document, findings } = readDocument(file, text);
  if (document === undefined) return refuse(findings);
  const reading = readSpec(Batch, document);
  if (reading.spec === undefined) return refuse(reading.findings);
  refuseErrors(repeated(reading.spec).map((index) => repeatedFinding(reading.spec, index, document)));
  return absolute(reading.spec, dirname(resolve(file)));
}

/** The list when nothing is wrong with it: reading JSON without places takes a tenth of the time. */
async function asJson(file: string): Promise<Batch | undefined> {
  try {
    const { data } = Batch.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return data === undefined || repeated(data).length > 0 ? undefined : data;
  } catch {
    return undefined;
  }
}

/** Where a name comes again, also in other letters: some file systems take `Web.yaml` for `web.yaml`. */
function repeated(releases: Batch): readonly number[] {
  const seen = new Set<string>();
  return releases.flatMap(({ name }, index) => {
    const isNew = !seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return isNew ? [] : [index];
  });
}

function repeatedFinding(releases: Batch, index: number, document: Document) {
  const name = releases[index]?.name ?? '';
  return findingOf(new NaruError('RELEASE_REPEATED', { name }, { place: document.placeOf([index, 'name']) }));
}

function refuse(findings: Parameters<typeof refuseErrors>[0]): never {
  refuseErrors(findings);
  throw new Error('a refusal without an error');
}

function absolute(releases: Batch, folder: string): readonly BatchRelease[] {
  return releases.map((release) => ({
    ...release,
    chart: resolve(folder, release.chart),
    ...(release.values === undefined ? {} : { values: release.values.map((file) => resolve(folder, file)) }),
  }));
}
