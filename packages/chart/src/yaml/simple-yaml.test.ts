import { array, assert, boolean, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { readAnyYaml } from './parse-yaml.ts';
import { readSimpleYaml } from './simple-yaml.ts';

/** What the full reader makes of it; nothing when it refuses. */
function full(text: string, uniqueKeys = false): { readonly value: unknown } | undefined {
  try {
    return { value: readAnyYaml(text, { uniqueKeys }) };
  } catch (error) {
    if (error instanceof ChartError) return undefined;
    throw error;
  }
}

const DEPLOYMENT = `# Source: web
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {}
  "quoted/key": 'it''s'
spec:
  replicas: 0x10
  empty:
  nothing: ~
  args:
  - --port=80   # the port
  - "a\\tb\\n\\"c\\""
  -
    name: nested
  - name: x
    list:
      - 1.5
      - yes
      - - deep
        - ''
  script: |
    #!/bin/sh

      echo "a: b"
    exit 0

  tight: |-
    one line
  date: 2020-01-01
  none: []
  url: http://a:80/b#c
`;

describe('simple YAML', () => {
  it('is read as the full reader reads it', () => {
    expect(readSimpleYaml(DEPLOYMENT)).toEqual(full(DEPLOYMENT));
    expect(readSimpleYaml(DEPLOYMENT)?.value).toBeInstanceOf(Map);
  });

  it.each([
    '',
    '\n',
    '# only a comment\n',
    '---\n',
    '---\na: 1\n',
    '  a: 1\n  b: 2\n',
    '- a\n- b\n',
    'a: {}\n  # two\n',
    'text\n',
    'a: {b: 1, "c": [x y, 2, {}], d: \'e\',}\n',
    'a:\n  {}\n',
    'a: one\n  - two\n',
    'a: "one\n  two"\nb: 1\n',
    "- 'a\n  b'",
  ])('is %j', (text) => {
    expect(readSimpleYaml(text)).toEqual(full(text));
    expect(readSimpleYaml(text)).toBeDefined();
  });

  it('takes the last of equal keys, unless they are refused', () => {
    expect(readSimpleYaml('a: 1\nb: 2\na: 3\n')).toEqual(full('a: 1\nb: 2\na: 3\n'));
    expect(readSimpleYaml('a: 1\na: 2\n', true)).toBeUndefined();
  });
});

describe('what needs the full reader', () => {
  it.each([
    'a: {b:1}\n',
    'a: [1,,2]\n',
    'a: [a: 1]\n',
    'a: {b}\n',
    'a: [1\n',
    'a: [&x 1]\n',
    'a: "one\\\n  two"\n',
    'a: one # c\n  two\n',
    'a: one\n\n  two\n',
    'a: one\n  # two\n  three\n',
    'a: "one\n  # two"\n',
    'a: >\n  folded\n',
    'a: |+\n  kept\n\n',
    'a: |2\n   indented\n',
    'a: &anchor 1\nb: *anchor\n',
    'a: !!str 1\n',
    'a: "\\u00e9"\n',
    '? a\n: 1\n',
    '<<: {}\n',
    'yes: 1\n',
    '1: 1\n',
    'a: 1\n---\nb: 2\n',
    'a: 1\n...\n',
    '%YAML 1.1\n---\na: 1\n',
    'a:\t1\n',
    '\ta: 1\n',
    'a: 1\r\n',
    'a: .inf\n',
    'a: \u2028\n',
    'a: b: c\n',
    'a: - b\n',
    'a: "b" c\n',
    'a:\n    b: 1\n  c: 2\n',
    'a: 1\n b: 2\n',
    '- a\nb: 1\n',
    'a: |\n  text',
    `${'- '.repeat(200)}a\n`,
    `${'k'.repeat(2000)}: 1\n`,
  ])('%j', (text) => {
    expect(readSimpleYaml(text)).toBeUndefined();
  });
});

/** Pieces that manifests are made of, and what tears them apart. */
const PIECES = [
  'a:',
  'b:',
  'a: 1',
  'kind: X',
  '- ',
  '-',
  '- a',
  '- a: 1',
  '- - b',
  '|',
  '|-',
  'a: |',
  'a: |-',
  '- |',
  'a: |+',
  'a: >',
  '"q": "x"',
  "'k': 'v'",
  'a: "x\\n" # c',
  'a: b # c',
  'a: b#c',
  '# comment',
  'a: {}',
  'a: []',
  'a: {',
  'x',
  'x: y: z',
  'a: -1',
  'a: - 1',
  'a: 0o7',
  'a: 1_000',
  'a: 1e3',
  'a: ~',
  'on: off',
  'a: "',
  "a: '",
  "a: 'it''s'",
  'a:b',
  'a : b',
  '---',
  '...',
  '\t',
  'a: b\t',
  'a: \t|',
  'a:  |  ',
  'a: | # c',
  '{}',
  '[]',
  '? a',
  ': b',
  '!!str a',
  '&x a',
  '*x',
  '<<: b',
  'null: 1',
  '.5: 1',
  'a: .5',
  'a: 1:30',
  'a: 2020-01-01',
  'a: =',
  '"a" : b',
  '"a":b',
  'é: 1',
  'a: 한글',
  'a: 😀',
  'a: @x',
  'a: #x',
  'a: x #',
  '-x',
  '--- a',
  'a: ---',
  'a: x:',
  'a.b/c-d: e',
  '{a: 1}',
  'a: [b, "c"]',
  'a: {b: c, d: {}}',
  'a: [x:y]',
  'a: [- b]',
  'a: {b: 1,}',
  'a: [,]',
  '[a',
  'b]',
  'a: "x',
  'y"',
  "a: 'x",
  "y'",
  'a: [a b, c]  # d',
  'a: {on: 1}',
  'a: {b: on, b: 2}',
  'two words',
  'a: {"b":1}',
  'a: ["b": 1]',
  'a: "x\\',
  'a: [1.5, -1, .5]',
] as const;
const line = tuple(nat({ max: 6 }), constantFrom('', ...PIECES), constantFrom('', '', '', ' ', '  ')).map(
  ([indent, piece, tail]) => ' '.repeat(indent) + piece + tail,
);
const soup = array(line, { maxLength: 9 }).map((lines) => lines.join('\n'));

it('never says anything but what the full reader says', () => {
  let read = 0;
  assert(
    property(soup, boolean(), constantFrom('', '\n'), (text, uniqueKeys, end) => {
      const simple = readSimpleYaml(text + end, uniqueKeys);
      if (simple === undefined) return;
      read += 1;
      expect(simple).toEqual(full(text + end, uniqueKeys));
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(100);
});
