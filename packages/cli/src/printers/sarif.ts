import type { Finding } from '@naru/core';
import type { Context } from '../context.ts';
import { VERSION } from '../version.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * Findings as a SARIF 2.1.0 log, which code hosts show beside the lines that they are about
 * (docs.oasis-open.org/sarif/sarif/v2.1.0). Waived findings are in it as suppressed.
 */
export function sarifOf(findings: readonly Finding[], context: Context): object {
  const codes = [...new Set(findings.map(({ error }) => error.code))].toSorted();
  const rules = codes.map((id) => ({ id }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'naru', version: VERSION, rules } },
        results: findings.map((finding) => resultOf(finding, codes, context)),
      },
    ],
  };
}

function resultOf({ severity, error, waived }: Finding, codes: readonly string[], { language }: Context): object {
  const { code, place } = error;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: `${error.messageIn(language)}. ${error.remedyIn(language)}` },
    locations: place === undefined ? [] : [locationOf(place)],
    ...(waived === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: waived.reason }] }),
  };
}

function locationOf({
  file,
  line,
  column,
}: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } };
}
