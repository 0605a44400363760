import { ChartError, parseYamlDocuments } from '@naru/chart';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isManifest, isRecord, type Manifest, manifestFault } from '../object/manifest.ts';

/** A manifest and the template or file that made it. */
export interface MadeManifest {
  readonly manifest: Manifest;
  readonly source: string;
}

export interface ManifestReading {
  readonly made: readonly MadeManifest[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the objects of YAML texts; lists are taken apart. What is no object is a finding at what `written` makes of its
 * place: a person did not write the lines of a rendered template.
 */
export function readManifests(
  component: string,
  files: readonly { readonly file: string; readonly text: string }[],
  written: (place: Place) => Place,
): ManifestReading {
  const made: MadeManifest[] = [];
  const findings: Finding[] = [];
  const malformed = (source: string, reason: string, place: Place): void => {
    const details = { component, source, reason };
    findings.push(findingOf(new NaruError('OBJECT_MALFORMED', details, { place: written(place) })));
  };
  const take = (value: unknown, source: string, place: Place): void => {
    if (
      isRecord(value) &&
      typeof value['kind'] === 'string' &&
      value['kind'].endsWith('List') &&
      Array.isArray(value['items'])
    ) {
      for (const item of value['items']) take(item, source, place);
    } else if (isManifest(value)) {
      made.push({ manifest: value, source });
    } else {
      malformed(source, manifestFault(value) ?? '', place);
    }
  };
  for (const { file, text } of files) {
    try {
      for (const { value, position } of parseYamlDocuments(text, { file })) {
        if (value !== null) take(value, file, { file, ...position });
      }
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      malformed(file, error.message, { file, line: error.line ?? 1, column: error.column ?? 1 });
    }
  }
  return { made, findings };
}
