import { readFileSync } from 'node:fs';
import { corpusCases, type CorpusCase } from '../../conformance/helm/corpus.ts';
import { readChartFolder } from '../../conformance/helm/render-case.ts';
import { ChartError, type Chart } from '../../packages/chart/src/index.ts';
import { TemplateSet } from '../../packages/chart/src/execute/template-set.ts';
import { FUNCTIONS } from '../../packages/chart/src/functions/function-table.ts';
import type { TemplateTree } from '../../packages/chart/src/template/node.ts';
import { TemplateParseError } from '../../packages/chart/src/template/template-error.ts';
import { walkOperands } from '../../packages/chart/src/template/walk-nodes.ts';
import { COMPATIBILITY_FEATURES, isFamily } from './compatibility-features.ts';

/** Functions whose results nobody can foretell; the cases compare what holds for every result. */
const RANDOM: ReadonlySet<string> = new Set(
  (
    'ago bcrypt buildCustomCert encryptAES genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey ' +
    'genSignedCert genSignedCertWithKey htpasswd now randAlpha randAlphaNum randAscii randBytes randInt randNumeric shuffle uuidv4'
  ).split(' '),
);

/** What sprig has and Helm takes out. */
const WITHHELD = ['env', 'expandenv'] as const;

const HEAD = `# Compatibility with Helm

The engine renders charts as Helm 4.3.1 does, byte for byte, and refuses in Helm's words what Helm refuses. This page follows from the
cases in \`conformance/charts\`: for each of them the repository holds what the real Helm wrote, and the tests compare every byte.
A family of cases is a folder there.
`;

/** The page of what is the same as in Helm, and by which cases it is shown. */
export function compatibilityPage(): string {
  const cases = corpusCases();
  const refusals = cases.filter(isRefusal);
  return [
    HEAD,
    `${cases.length} cases: ${cases.length - refusals.length} rendered, ${refusals.length} refused.\n`,
    `## Functions\n\n${functionRows(casesByFunction(cases))}`,
    `## Features\n\n${featureRows(cases)}`,
    `## Refusals\n\nEach case is refused in these words, here without \`Error: \`.\n\n${refusalRows(refusals)}`,
  ].join('\n');
}

/** Which families call each function, in templates that are compared. */
export function casesByFunction(cases: readonly CorpusCase[]): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, Set<string>>([...FUNCTIONS.keys()].map((name) => [name, new Set()]));
  for (const [family, chart] of new Map(cases.map((entry) => [familyOf(entry), entry.chart]))) {
    for (const name of functionsIn(chart)) shown.get(name)?.add(family);
  }
  return new Map([...shown].map(([name, families]) => [name, [...families].sort()] as const));
}

export function familyOf({ name }: CorpusCase): string {
  return name.split('/')[0] ?? name;
}

function functionsIn(folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of templatesIn(folder)) {
    for (const { root } of treesOf(text)) {
      walkOperands(root, (node) => {
        if (node.type === 'identifier') found.add(node.name);
      });
    }
  }
  return found;
}

function templatesIn(folder: string): string[] {
  const texts = (chart: Chart): string[] => [
    ...chart.templates.map(({ data }) => new TextDecoder().decode(data)),
    ...chart.dependencies.flatMap(texts),
  ];
  try {
    return texts(readChartFolder(folder));
  } catch (error) {
    if (error instanceof ChartError) return [];
    throw error;
  }
}

function treesOf(text: string): TemplateTree[] {
  const set = new TemplateSet(FUNCTIONS);
  try {
    set.add('page', text);
  } catch (error) {
    if (error instanceof TemplateParseError) return [];
    throw error;
  }
  return [...set.trees()];
}

function functionRows(shown: ReadonlyMap<string, readonly string[]>): string {
  const rows = [...shown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, families]) => {
      const status = RANDOM.has(name) ? 'identical in form, random in content' : 'identical';
      return `| \`${name}\` | ${status} | ${families.join(', ')} |\n`;
    });
  const withheld = WITHHELD.map((name) => `| \`${name}\` | refused: Helm has no such function either | |\n`);
  return `${shown.size} functions.\n\n| function | status | cases |\n|---|---|---|\n${rows.join('')}${withheld.join('')}`;
}

function featureRows(cases: readonly CorpusCase[]): string {
  const rows = Object.entries(COMPATIBILITY_FEATURES).map(([feature, patterns]) => {
    const count = cases.filter((entry) => patterns.some((pattern) => isFamily(familyOf(entry), pattern))).length;
    return `| ${feature} | ${patterns.map((pattern) => `\`${pattern}\``).join(', ')} | ${count} |\n`;
  });
  return `| feature | families | cases |\n|---|---|---|\n${rows.join('')}`;
}

function refusalRows(refusals: readonly CorpusCase[]): string {
  const rows = refusals.map((entry) => {
    const words = expectedOf(entry)
      .replace('Error: ', '')
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join(' ⏎ ');
    return `| ${entry.name} | ${words.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |\n`;
  });
  return `| case | words |\n|---|---|\n${rows.join('')}`;
}

function isRefusal(entry: CorpusCase): boolean {
  return expectedOf(entry).startsWith('Error: ');
}

function expectedOf({ expectedFile }: CorpusCase): string {
  return readFileSync(expectedFile, 'utf8');
}
