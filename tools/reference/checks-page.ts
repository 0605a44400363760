import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS, type ErrorCode } from '@naru/core';
import { wordWithPlaceholders } from './placeholder.ts';

const EXAMPLES = 'packages/core/testdata/check';

const HEAD = `# Checks

What \`naru check\` looks for in the objects of a platform, with an example of each: what is found, and what is not. The examples are test
data, so they are true.

A finding that is known and accepted is taken back by a comment at the end of the line that it names, or right above it:

\`\`\`yaml
# naru:waive IMAGE_UNPINNED until 2027-01-31: the vendor publishes no versions
backend: { namespace: shop }
\`\`\`

After that day the finding comes back. Waived findings stay in \`-o json\` and \`-o sarif\`. What keeps a platform from being composed cannot be waived.
`;

/** Every check of compiled objects, from the examples that test it. */
export function checksPage(): string {
  const sections = readdirSync(EXAMPLES).map((code) => sectionOf(code as ErrorCode));
  return `${HEAD}\n${sections.join('\n')}`;
}

function sectionOf(code: ErrorCode): string {
  const folder = join(EXAMPLES, code);
  const severity = /^(error|warning|info) /.exec(readFileSync(join(folder, 'expected.txt'), 'utf8'))?.[1] ?? 'error';
  const { message, remedy } = ERRORS[code].en;
  const [said, advice] = [message, remedy].map((wording) => wordWithPlaceholders(wording, 'en'));
  return `## ${code}

${severity}: ${said}. ${advice}

Found:

${shown(folder, 'fails')}
Not found:

${shown(folder, 'passes')}`;
}

function shown(folder: string, side: string): string {
  const single = join(folder, `${side}.yaml`);
  if (statSync(single, { throwIfNoEntry: false }) !== undefined) return fenced(readFileSync(single, 'utf8'));
  const root = join(folder, side);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  return files
    .toSorted()
    .filter((path) => !path.endsWith('Chart.yaml'))
    .map((path) => `\`${path}\`\n\n${fenced(readFileSync(join(root, path), 'utf8'))}`)
    .join('\n');
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n`;
}
