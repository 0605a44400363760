import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApiDocument } from './kubernetes-api/api-document.ts';
import { mergeApis } from './kubernetes-api/merge-apis.ts';
import { readApi } from './kubernetes-api/read-api.ts';

/** The newest patch of each minor version that Naru knows when this was last run. */
const RELEASES = ['1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3'];
const TARGET = fileURLToPath(new URL('../packages/core/data/kubernetes-api.json', import.meta.url));

/**
 * Writes what objects may look like in each minor version of Kubernetes, from the OpenAPI documents in its Go module. Needs `go` and
 * a module proxy.
 */
function generate(): void {
  const apis = RELEASES.map((release) => {
    const [major, minor] = release.split('.');
    return { minor: `${major}.${minor}`, api: readApi(documentsOf(release)) };
  });
  writeFileSync(TARGET, oneLineEach(mergeApis(apis)));
}

function documentsOf(release: string): readonly ApiDocument[] {
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${release}`], {
    encoding: 'utf8',
  });
  const { Dir: directory } = JSON.parse(answer) as { readonly Dir: string };
  const folder = join(directory, 'api/openapi-spec/v3');
  return readdirSync(folder)
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ApiDocument);
}

/** One kind or type per line: a diff of two generations can be read. */
function oneLineEach(api: Readonly<Record<string, unknown>>): string {
  const sections = Object.entries(api).map(([name, section]) => {
    if (Array.isArray(section)) return `  ${JSON.stringify(name)}: ${JSON.stringify(section)}`;
    const lines = Object.entries(section as object).map(
      ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

generate();
