import { describe, expect, it } from 'vitest';
import { parseYamlDocuments } from '@naru/chart';
import { filesOf, goldenCases } from '../../testing/golden.ts';
import type { Manifest } from '../object/manifest.ts';
import { objectStatus } from './object-status.ts';
import { podCause } from './pod-cause.ts';
import { wordCause, wordReason } from './wording.ts';

/**
 * A folder per kind, an object per file and branch. The annotation `is` says what the object shows; what is expected is
 * the status, worded in both languages, and for a pod its cause.
 */
describe('objectStatus', () => {
  it.each(goldenCases('status'))('$name', async ({ folder }) => {
    const files = [...filesOf(folder)].filter(([file]) => file.endsWith('.yaml'));
    const printed = files.flatMap(([file, text]) =>
      parseYamlDocuments(text).map(({ value }) => `${file.replace('.yaml', '')}: ${formatStatus(value as Manifest)}\n`),
    );

    expect(printed.length).toBeGreaterThan(0);
    await expect(printed.join('')).toMatchFileSnapshot(`${folder}/expected.txt`);
  });
});

function formatStatus(object: Manifest): string {
  const { word, reason } = objectStatus(object);
  const cause = object.kind === 'Pod' ? podCause(object) : undefined;
  const because = cause === undefined ? '' : `\n  ${wordCause(cause)}`;
  return `${word} (${wordReason(reason, 'en')} / ${wordReason(reason, 'ko')})${because}`;
}
