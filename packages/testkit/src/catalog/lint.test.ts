import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintFolder } from '@naru/engine';
import { describe, expect, it } from 'vitest';
import { useScratch } from '../kubeconfig.ts';

const offline = { environment: {}, offline: true };
const scratch = useScratch();
const folders = [
  ...readdirSync('catalog').map((name) => join('catalog', name)),
  ...readdirSync('examples/webshop/components').map((name) => join('examples/webshop/components', name)),
];

async function findings(folder: string): Promise<readonly string[]> {
  const found = await lintFolder(folder, offline);
  return found.map(({ severity, error }) => `${severity} ${error.code} ${error.place?.line} ${error.message}`);
}

/** A copy of the cache with one edit. */
function edited(name: string, file: string, from: string | RegExp, to: string): string {
  const folder = join(scratch.directory, name, 'valkey');
  cpSync('catalog/valkey', folder, { recursive: true });
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.replace(from, to) === text) throw new Error(`nothing to edit in ${file}`);
  writeFileSync(path, text.replace(from, to));
  return folder;
}

describe('naru catalog lint', () => {
  it.each(folders)('finds nothing wrong with %s', async (folder) => {
    expect(await findings(folder)).toEqual([]);
  });

  it.each([
    [
      'a setting that the chart does not have',
      'component.yaml',
      'to: [maxMemory]',
      'to: [maxMemry]',
      /error CHART_REFUSED[^]*additional properties 'maxMemry'/,
    ],
    [
      'a setting that nobody explains',
      'component.yaml',
      / {6}description:\n {8}en: How much the cache[^\n]*\n[^\n]*\n/,
      '',
      /warning COMPONENT_UNDESCRIBED .*maxMemory/,
    ],
    [
      'a default that its schema refuses',
      'component.yaml',
      'default: 128mb',
      'default: 128Mi',
      /error SETTING_INVALID/,
    ],
    [
      'a template that does not render',
      'chart/templates/service.yaml',
      'spec:',
      'spec: {{ .Values.lost.port }}',
      /error CHART_REFUSED/,
    ],
    [
      'a field that Kubernetes does not know',
      'chart/templates/service.yaml',
      'spec:',
      'spec:\n  selectr: {}',
      /error OBJECT_FIELD_UNKNOWN .*did you mean `selector`/,
    ],
    ['outputs that the vocabulary refuses', 'component.yaml', 'port: 6379', 'port: redis', /error OUTPUT_INVALID/],
    [
      'an expression about a need that there is none of',
      'component.yaml',
      'port: 6379',
      'port: "${{ needs.db.port }}"',
      /error EXPRESSION_FAILED/,
    ],
  ])('finds %s', async (name, file, from, to, expected) => {
    expect((await findings(edited(name, file, from, to))).join('\n')).toMatch(expected);
  });

  it('says what is no component', async () => {
    expect(await findings(join(scratch.directory, 'nothing'))).toEqual([
      expect.stringMatching(/^error DOCUMENT_UNREADABLE/),
    ]);
  });
});
