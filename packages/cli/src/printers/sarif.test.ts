import { type Finding, findingOf, NaruError, type Severity } from '@naru/core';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { messagesIn } from '../language/translations.ts';
import { findingsText } from './findings-text.ts';
import { paintFor } from './paint.ts';
import { sarifOf } from './sarif.ts';

function context(language: 'en' | 'ko'): Context {
  return { language, messages: messagesIn(language), paint: paintFor(false) } as Context;
}

function unpinned(severity: Severity, line?: number): Finding {
  const place = line === undefined ? {} : { place: { file: 'sites/서울 1.yaml', line, column: 3 } };
  return findingOf(new NaruError('IMAGE_UNPINNED', { key: 'Pod/shop/web', image: 'web' }, place), severity);
}

describe('sarifOf', () => {
  it('places every finding, and keeps what is waived as suppressed', () => {
    const waived = { ...unpinned('warning', 7), waived: { until: '2027-01-31', reason: 'no versions yet' } };

    expect(sarifOf([unpinned('error'), waived], context('en'))).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'naru', rules: [{ id: 'IMAGE_UNPINNED' }] } },
          results: [
            {
              ruleId: 'IMAGE_UNPINNED',
              ruleIndex: 0,
              level: 'error',
              locations: [],
              message: { text: expect.stringMatching(/^Pod\/shop\/web runs web, .*\. Give the image a version/) },
            },
            {
              level: 'warning',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'sites/%EC%84%9C%EC%9A%B8%201.yaml' },
                    region: { startLine: 7, startColumn: 3 },
                  },
                },
              ],
              suppressions: [{ kind: 'inSource', justification: 'no versions yet' }],
            },
          ],
        },
      ],
    });
  });

  it('speaks the language of the person, and says nothing about nothing', () => {
    expect(JSON.stringify(sarifOf([unpinned('info', 1)], context('ko')))).toMatch(/"level":"note".*다이제스트/);
    expect(sarifOf([], context('en'))).toMatchObject({ runs: [{ tool: { driver: { rules: [] } }, results: [] }] });
  });
});

describe('findingsText', () => {
  it('shows twenty of a code and counts the rest', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => unpinned('warning', index + 1));
    const text = findingsText(many, context('en'));
    expect(text.match(/IMAGE_UNPINNED {2}/g)).toHaveLength(20);
    expect(text).toMatch(/… and 9980 more of IMAGE_UNPINNED; `naru check -o json` names them all\.\n$/);
    expect(findingsText(many, context('ko'))).toContain('IMAGE_UNPINNED 9980건');
  });

  it('leaves out what is waived', () => {
    const waived = { ...unpinned('warning', 7), waived: { until: '2027-01-31', reason: 'x' } };
    expect(findingsText([waived], context('en'))).toBe('');
  });
});
