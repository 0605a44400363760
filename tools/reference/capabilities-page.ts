import { CAPABILITIES } from '@naru/core';

const HEAD = `# Capabilities

The words that components of different authors agree on: who provides one of these gives the outputs below, and who needs it finds them as
\`needs.ALIAS\`. A provider may give more. A platform adds words of its own with
[\`spec.capabilities\`](../guide/platform-folder.md#capabilities).
`;

/** The page of the vocabulary, in the order of its table. */
export function capabilitiesPage(): string {
  const sections = Object.entries(CAPABILITIES).map(([name, { en, ko, outputs }]) => {
    const rows = Object.entries(outputs).map(
      ([output, { schema, isRequired, en: meaning, ko: meaningKo }]) =>
        `| \`${output}\` | ${typeText(schema)} | ${isRequired ? 'yes' : 'no'} | ${meaning} ${meaningKo} |\n`,
    );
    return `## ${name}\n\n${en} ${ko}\n\n| output | type | required | meaning |\n|---|---|---|---|\n${rows.join('')}`;
  });
  return [HEAD, ...sections].join('\n');
}

function typeText(schema: Readonly<Record<string, unknown>>): string {
  const { type, enum: choices, minimum, maximum, pattern } = schema;
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(' or ');
  const bounds = minimum === undefined ? '' : `, ${JSON.stringify(minimum)} to ${JSON.stringify(maximum)}`;
  return `${String(type)}${bounds}${pattern === undefined ? '' : ', a URL'}`;
}
