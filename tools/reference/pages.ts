import { Component, Platform, Profile, Site } from '@naru/core';
import { Batch } from '../../packages/cli/src/batch/batch-file.ts';
import { OUTPUTS } from '../../packages/cli/src/printers/output.ts';
import { checksPage } from './checks-page.ts';
import { capabilitiesPage } from './capabilities-page.ts';
import { commandsPage } from './commands-page.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { errorsPage } from './errors-page.ts';
import { schemaFile } from './schema-file.ts';

/** Where the generated pages live, from the root of the repository. */
export const REFERENCE_FOLDER = 'docs/reference';

/** The text of every generated page, by file name: from the tables and schemas that the program itself uses. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['checks.md', checksPage()],
    ['batch.schema.json', schemaFile(Batch)],
    ['capabilities.md', capabilitiesPage()],
    ['commands.md', await commandsPage()],
    ['component.schema.json', schemaFile(Component)],
    ['errors.md', errorsPage()],
    ['helm-compatibility.md', compatibilityPage()],
    ['platform.schema.json', schemaFile(Platform)],
    ['profile.schema.json', schemaFile(Profile)],
    ['site.schema.json', schemaFile(Site)],
    ...Object.entries(OUTPUTS).map(([name, schema]) => [`output/${name}.schema.json`, schemaFile(schema)] as const),
  ]);
}

/** Names of pages whose text differs from what would be generated now, and of files that nothing generates. */
export function stalePages(pages: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...pages.keys(), ...found.keys()]);
  return [...names].filter((name) => pages.get(name) !== found.get(name)).toSorted();
}
