import { describe, expect, it } from 'vitest';
import { formatFindings } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import { readDocument } from '../document/document.ts';
import { type Finding, Refusal, refuseErrors } from '../finding/finding.ts';
import { compile } from '../revision/compile.ts';
import { check } from './check.ts';
import { waiversIn } from './waiver.ts';

function waivers(text: string): ReturnType<typeof waiversIn> {
  const { document } = readDocument('platform.yaml', text);
  if (document === undefined) throw new Error('the document of the test is no YAML');
  return waiversIn(document);
}

const head = (kind: string, name: string): string =>
  `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

/** A platform of one pod with two images without a version, and these lines around its component. */
function found(lines: string, today = '2026-11-21', sites: readonly string[] = ['dev']): readonly Finding[] {
  const sources = sourcesOf(
    new Map([
      ['platform.yaml', `${head('Platform', 'shop')}spec:\n  components:\n${lines}`],
      ...sites.map((site) => [`sites/${site}.yaml`, `${head('Site', site)}spec: {}\n`] as const),
      [
        'components/web/manifests/pod.yaml',
        'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: a, image: a }, { name: b, image: b }] }\n',
      ],
    ]),
  );
  const composing = compose(sources, 'dev');
  const compiling = composing.composition && compile(composing.composition, { seed: '00'.repeat(32), bornAt: 0 });
  return check(sources, composing, compiling, { today });
}

const codes = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, error, waived }) => `${severity} ${error.code}${waived === undefined ? '' : ' waived'}`);

describe('a waiver', () => {
  it('says what, until when, and why', () => {
    const text = 'a: 1\n# naru:waive IMAGE_UNPINNED until 2027-01-31: no versions yet  \nb: 2\n';

    expect(waivers(text)).toEqual({
      findings: [],
      waivers: [
        {
          code: 'IMAGE_UNPINNED',
          until: '2027-01-31',
          reason: 'no versions yet',
          place: { file: 'platform.yaml', line: 2, column: 1 },
          line: 3,
        },
      ],
    });
  });

  it.each([
    ['on the line itself', 'a: 1 # naru:waive A until 2027-01-31: x\n', 1],
    ['above other comments and blank lines', '# naru:waive A until 2027-01-31: x\n# more\n\nb: 2\n', 4],
    ['with Windows line ends', 'a: 1\r\n# naru:waive A until 2027-01-31: x\r\nb: 2\r\n', 3],
    ['at the end of a file', 'a: 1\n# naru:waive A until 2027-01-31: x', 3],
  ])('%s covers one line', (_, text, line) => {
    expect(waivers(text).waivers.map((waiver) => waiver.line)).toEqual([line]);
  });

  it.each([
    'a: 1 # naru:waive',
    'a: 1 # naru:waive A',
    'a: 1 # naru:waive A until tomorrow: x',
    'a: 1 # naru:waive A until 2027-02-30: x',
    'a: 1 # naru:waive A until 2027-01-31:',
    'a: 1 # naru:waive a until 2027-01-31: x',
  ])('is refused when it cannot be read: %s', (text) => {
    const { waivers: read, findings } = waivers(text);
    expect(read).toEqual([]);
    expect(findings).toMatchObject([
      { severity: 'error', error: { code: 'WAIVER_MALFORMED', place: { line: 1, column: 6 } } },
    ]);
  });

  it('is no waiver when it only sounds like one', () => {
    expect(waivers('a: naru:waiver\n# naru:waivers are good\n')).toEqual({ waivers: [], findings: [] });
  });
});

describe('findings', () => {
  const waived = '    # naru:waive IMAGE_UNPINNED until 2026-11-21: no versions yet\n    web: { namespace: shop }\n';

  it('are taken back on the line that they name, until the end of the last day', () => {
    expect(codes(found('    web: { namespace: shop }\n'))).toEqual([
      'warning IMAGE_UNPINNED',
      'warning IMAGE_UNPINNED',
    ]);
    expect(codes(found(waived))).toEqual(['warning IMAGE_UNPINNED waived', 'warning IMAGE_UNPINNED waived']);
    expect(found(waived)[0]?.waived).toEqual({ until: '2026-11-21', reason: 'no versions yet' });
  });

  it('come back when the day is past, and the waiver is named', () => {
    expect(codes(found(waived, '2026-11-22')).toSorted()).toEqual([
      'warning IMAGE_UNPINNED',
      'warning IMAGE_UNPINNED',
      'warning WAIVER_EXPIRED',
    ]);
  });

  it('that a waiver does not mean stay, and the waiver is told to be idle', () => {
    const idle = '    # naru:waive ROUTE_DUPLICATED until 2027-01-01: x\n    web: { namespace: shop }\n';
    expect(codes(found(idle))).toContain('info WAIVER_UNUSED');
    expect(codes(found(idle)).filter((code) => code.includes('IMAGE'))).toHaveLength(2);
    // At the other site it may be of use.
    expect(codes(found(idle, '2026-11-21', ['dev', 'prod']))).not.toContain('info WAIVER_UNUSED');
  });

  it('that are waived refuse nothing', () => {
    const error = (finding: Finding): Finding => ({ ...finding, severity: 'error' });
    const open = found('    web: { namespace: shop }\n').map(error);
    expect(() => refuseErrors(open)).toThrow(Refusal);
    expect(() => refuseErrors(found(waived).map(error))).not.toThrow();
    expect(formatFindings(open)).toContain('IMAGE_UNPINNED');
  });
});
