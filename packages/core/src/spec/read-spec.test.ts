import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filesOf, formatFindings, goldenCases } from '../../testing/golden.ts';
import { readDocument } from '../document/document.ts';
import type { Finding } from '../finding/finding.ts';
import { Component } from './component.ts';
import { Platform } from './platform.ts';
import { Profile } from './profile.ts';
import { readSpec } from './read-spec.ts';
import { Site } from './site.ts';

const SCHEMAS = { 'platform.yaml': Platform, 'site.yaml': Site, 'profile.yaml': Profile, 'component.yaml': Component };

describe('readSpec', () => {
  it.each(goldenCases('spec'))('$name', async ({ folder }) => {
    const files = filesOf(folder);
    const printed = Object.entries(SCHEMAS).flatMap(([file, schema]) => {
      const text = files.get(file);
      return text === undefined ? [] : [formatFindings(findingsIn(file, text, schema)) || `${file} is accepted\n`];
    });

    await expect(printed.join('')).toMatchFileSnapshot(`${folder}/expected.txt`);
  });

  it('reports thousands of unknown fields in bounded time', () => {
    const fields = Array.from({ length: 2000 }, (_, index) => `field${index}: 1`).join('\n');
    const started = performance.now();

    const findings = findingsIn('platform.yaml', fields, Platform);

    expect(findings.filter(({ error }) => error.code === 'FIELD_UNKNOWN')).toHaveLength(2000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a finding', () => {
  const Any = z.strictObject({
    items: z.array(z.strictObject({ host: z.string() })).optional(),
    port: z.number().max(65_535).min(1).optional(),
    either: z.union([z.literal('a'), z.number()]).optional(),
    mode: z.enum(['on', 'off']).optional(),
    whole: z.int().optional(),
    moment: z.date().optional(),
  });

  it.each([
    [
      'items: [{ hots: a }]',
      [
        'FIELD_UNKNOWN 1:11 items.0 has no field `hots`; did you mean `host`?',
        'FIELD_MISSING 1:9 items.0 lacks the field `host`',
      ],
    ],
    ['port: 70000', ['FIELD_INVALID 1:1 `port` cannot be `70000`; Allowed here: ≤ 65535.']],
    ['port: 0', ['FIELD_INVALID 1:1 `port` cannot be `0`; Allowed here: ≥ 1.']],
    ['either: true', ['FIELD_INVALID 1:1 `either` cannot be `true`; Allowed here: a.']],
    [
      `mode: ${'x'.repeat(90)}`,
      [`FIELD_INVALID 1:1 \`mode\` cannot be \`${'x'.repeat(77)}…\`; Allowed here: on, off.`],
    ],
    ['mode: { a: 1 }', ['FIELD_INVALID 1:1 `mode` cannot be `{"a":1}`; Allowed here: on, off.']],
    ['whole: 1.5', ['FIELD_MISTYPED 1:1 `whole` must be a whole number, and a number stands here']],
    ['constructor: 1', ['FIELD_UNKNOWN 1:1 any.yaml has no field `constructor`']],
  ])('about %s', (text, expected) => {
    const said = findingsIn('any.yaml', text, Any).map(({ error }) => {
      const allowed = error.code === 'FIELD_INVALID' ? `; ${error.remedyIn('en')}` : '';
      return `${error.code} ${error.place?.line}:${error.place?.column} ${error.message}${allowed}`;
    });

    expect(said.toSorted()).toEqual([...expected].toSorted());
  });
});

function findingsIn(file: string, text: string, schema: Parameters<typeof readSpec>[0]): readonly Finding[] {
  const { document, findings } = readDocument(file, text);
  return document === undefined ? findings : readSpec(schema, document).findings;
}
