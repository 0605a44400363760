import { CHART_ERRORS, type ChartErrorDefinition } from '@naru/chart';
import { ERRORS, type ErrorDefinition } from '@naru/core';
import { wordWithPlaceholders } from './placeholder.ts';

/** A row of either table. What its details are does not matter here: each is shown by its name. */
type Row = ErrorDefinition<never> | ChartErrorDefinition<never>;

const HEAD = `# Errors

Every failure that Naru expects has a code, a message, a remedy and, where the cause stands in a file, a place:

\`\`\`text
COMPONENT_NEED_UNMET  backend needs postgresql-server, and nothing in this platform provides it
  at  platform.yaml:14:9
  fix Add a component that provides it (catalog: postgresql), or give \`needs.db.external\` the outputs of one.
\`\`\`

Anything else that ends a command is a bug in Naru and prints a stack. \`‹name›\` stands for what differs from case to case.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a bug in Naru |
| 2 | you must change something: a file, a flag, a value |
| 3 | the environment must change: the cluster, the network, this machine; also \`naru status\` of an unhealthy platform |
| 4 | stopped half-way; the same command continues |
| 10 | \`naru plan --exit-code\` found changes |
| 130 | interrupted by Ctrl-C |

When several errors are reported at once, the highest of their exit codes counts.

**Retry** says whether the same command may succeed later without any change.
`;

const CHART_HEAD = `## Errors of the chart engine

A chart that cannot be rendered is reported as [\`CHART_REFUSED\`](#chart_refused) with one of these messages and remedies,
and YAML of Naru's own files as [\`DOCUMENT_MALFORMED\`](#document_malformed) or
[\`DOCUMENT_TOO_COMPLEX\`](#document_too_complex). Programs that use the package \`@naru/chart\` by itself see these codes.
`;

/** The page of both error tables, in the order of their codes. */
export function errorsPage(): string {
  return [
    HEAD,
    '## Errors of Naru\n',
    ...rows(ERRORS).map(([code, row]) => section(code, row)),
    CHART_HEAD,
    ...rows(CHART_ERRORS).map(([code, row]) => section(code, row)),
  ].join('\n');
}

function rows(table: Readonly<Record<string, Row>>): readonly (readonly [string, Row])[] {
  return Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function section(code: string, row: Row): string {
  const { exitCode, retry } = row;
  const wordings = (['en', 'ko'] as const).map((language) => {
    const { message, remedy } = row[language];
    const cells = [message, remedy].map((wording) => cell(wordWithPlaceholders(wording, language)));
    return `| ${language} | ${cells.join(' | ')} |\n`;
  });
  const head = `### ${code}\n\nExit code ${exitCode}. Retry: ${retry === 'never' ? 'no' : 'yes'}.\n\n`;
  return `${head}| | message | remedy |\n|---|---|---|\n${wordings.join('')}`;
}

/** A text as one cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
