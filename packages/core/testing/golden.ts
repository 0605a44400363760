import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../src/finding/finding.ts';

const TESTDATA = fileURLToPath(new URL('../testdata/', import.meta.url));

/** The folders under `testdata/<topic>`: adding a folder adds a case. Rewrite what is expected with `vitest -u`, and read the diff. */
export function goldenCases(topic: string): readonly { readonly name: string; readonly folder: string }[] {
  const folder = join(TESTDATA, topic);
  return readdirSync(folder).map((name) => ({ name, folder: join(folder, name) }));
}

/** Every file of a case by its path in the folder, with `/` between names. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Findings as a person meets them, in both languages. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, error }) => {
      const { code, place } = error;
      const at = place === undefined ? 'nowhere' : `${place.file}:${place.line}:${place.column}`;
      const lines = (['en', 'ko'] as const).flatMap((language) => [
        `  ${error.messageIn(language)}`,
        `    → ${error.remedyIn(language)}`,
      ]);
      return `${severity} ${code} at ${at}\n${lines.join('\n')}\n`;
    })
    .join('');
}
