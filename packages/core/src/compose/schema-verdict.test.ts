import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../spec/capability.ts';
import { schemaVerdict } from './schema-verdict.ts';

const SCHEMA = { type: 'object', properties: { port: { type: 'integer', minimum: 1 } }, required: ['port'] };

describe('schemaVerdict', () => {
  it('has nothing to say about a value that the schema accepts', () => {
    expect(schemaVerdict(SCHEMA, { port: 1, more: true })).toBeUndefined();
  });

  it('says why in both languages, and where', () => {
    const verdict = schemaVerdict(SCHEMA, { port: 'a' });

    expect(verdict?.path).toEqual(['port']);
    expect(verdict?.reasonEn).toContain('port: ');
    expect(verdict?.reasonKo).toMatch(/^port: .*\p{Script=Hangul}/u);
  });

  it('says that a schema is none, each time it is asked', () => {
    const broken = { type: 'nonsense' };

    for (const value of [1, 2]) expect(schemaVerdict(broken, value)).toMatchObject({ path: undefined });
  });
});

describe('the vocabulary', () => {
  const outputs = Object.entries(CAPABILITIES).flatMap(([name, capability]) =>
    Object.entries(capability.outputs).map(([output, { schema }]) => [name, output, schema] as const),
  );

  it.each(outputs)('%s: %s has a schema that refuses what is no value of it', (_, __, schema) => {
    expect(schemaVerdict(schema, [])?.path).toEqual([]);
  });

  it.each(Object.entries(CAPABILITIES))('%s is described in both languages', (_, { en, ko, outputs: described }) => {
    for (const { en: english, ko: korean } of [{ en, ko }, ...Object.values(described)]) {
      expect(english).toMatch(/^[^\p{Script=Hangul}]+\.$/u);
      expect(korean).toMatch(/\p{Script=Hangul}.*\.$/u);
    }
  });
});
