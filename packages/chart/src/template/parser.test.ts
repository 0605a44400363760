import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeNode } from './describe-node.ts';
import { Lexer } from './lexer.ts';
import { parseNumber } from './number.ts';
import { parseTemplate } from './parser.ts';
import { TemplateParseError } from './template-error.ts';
import { describeToken } from './token.ts';

function parse(text: string) {
  return parseTemplate({ name: 't', text }, new Lexer(text), (name) => name !== 'nope');
}

/** Every statement of a template as Go shows it. */
function shown(text: string): string[] {
  return (parse(text).get('t')?.root.nodes ?? []).map(describeNode);
}

describe('parseTemplate', () => {
  it.each([
    ['a{{ .x }}b', ['a', '{{.x}}', 'b']],
    ['{{ $x := 1 }}{{ $x = 2 }}', ['{{$x := 1}}', '{{$x = 2}}']],
    ['{{ if .a }}{{ end }}{{ with .b }}{{ end }}', ['{{if .a}}', '{{with .b}}']],
    ['{{ range $i, $e := .l }}{{ break }}{{ end }}', ['{{range $i, $e := .l}}']],
    ['{{ template "x" . }}{{ template "y" }}', ['{{template "x" .}}', '{{template "y"}}']],
    ['{{ (f .a).b.c | g "s" `r` \'c\' 1.5 true nil }}', ['{{(f .a).b.c | g "s" `r` \'c\' 1.5 true nil}}']],
    ['{{ $.a.b }}', ['{{$.a.b}}']],
    ['{{- /* c */ -}} x', ['x']],
  ])('reads %s', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('shows jumps as they are written', () => {
    const [range] = parse('{{ range . }}{{ break }}{{ continue }}{{ end }}').get('t')?.root.nodes ?? [];

    expect(range?.type === 'range' ? range.list.nodes.map(describeNode) : []).toEqual(['{{break}}', '{{continue}}']);
  });

  it('collects definitions and blocks', () => {
    expect([...parse('{{ define "a" }}x{{ end }}{{ block "b" . }}y{{ end }}').keys()]).toEqual(['a', 'b', 't']);
  });

  it.each(['{{ (', '{{ if ', '{{ $'])('refuses what is nested without end: %s', (opening) => {
    expect(() => parse(opening.repeat(5000))).toThrow(TemplateParseError);
    expect(() => parse('{{ if . }}'.repeat(3000))).toThrow(TemplateParseError);
  });

  it('throws nothing but TemplateParseError, at a place inside the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{-',
      '-}}',
      ' ',
      '\n',
      'if',
      'end',
      'else',
      'range',
      'with',
      'define',
      'block',
      'template',
      'break',
      '.',
      '.a',
      '$',
      '$x',
      ':=',
      '=',
      ',',
      '|',
      '(',
      ')',
      '"a"',
      '`',
      "'",
      '1',
      '1.5',
      'nil',
      'true',
      'f',
      'nope',
      '/*',
      '*/',
      '@',
      'é',
      '\\',
      '😀',
    );
    const source = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(source, fc.string({ unit: 'grapheme' })), (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateParseError);
          if (!(error instanceof TemplateParseError)) return;
          expect(error.place.line).toBeGreaterThan(0);
          expect(error.place.line).toBeLessThanOrEqual(text.split('\n').length);
          expect(error.place.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps all text that stands outside of actions', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('{{')),
        (text) => {
          expect(shown(text).join('')).toBe(text);
        },
      ),
    );
  });
});

it.each([
  ['42', 42n],
  ['0x1F', 31n],
  ['0o17', 15n],
  ['017', 15n],
  ['0b101', 5n],
  ['1_000', 1000n],
  ["'a'", 97n],
  ['1e3', 1000n],
  ['1.5', undefined],
  ['-7', -7n],
])('reads the literal %s', (text, integer) => {
  expect(parseNumber(text)?.integer).toBe(integer);
});

it.each(['08', '1__0', '0x', "''", '1i', 'e', '0x1p', '1e999', '0xp1'])('refuses the literal %s', (text) => {
  expect(parseNumber(text)).toBeUndefined();
});

it('reads hexadecimal floats', () => {
  expect(parseNumber('0x1.8p1')?.float).toBe(3);
  expect(parseNumber('-0x1p-2')?.float).toBe(-0.25);
});

it('shows tokens as Go does', () => {
  expect(describeToken({ type: 'text', position: 0, text: 'a long text of words' })).toBe('"a long tex"...');
  expect(describeToken({ type: 'end', position: 0, text: 'end' })).toBe('<end>');
});
