import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusCases } from './corpus.ts';
import { renderOurs } from './render-case.ts';

/** Add a case by adding a folder; `regenerate.ts` asks the real Helm what is expected. */
describe('the engine writes what Helm writes', () => {
  it.each(corpusCases().map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    expect(existsSync(entry.expectedFile)).toBe(true);
    expect(renderOurs(entry.chart, entry.valueFiles, entry.options)).toBe(readFileSync(entry.expectedFile, 'utf8'));
  });
});
