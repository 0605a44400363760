import { describe, expect, it } from 'vitest';
import { Engine } from '../../packages/chart/src/execute/engine.ts';
import { TemplateSet } from '../../packages/chart/src/execute/template-set.ts';
import { FUNCTIONS } from '../../packages/chart/src/functions/function-table.ts';
import { TemplateParseError } from '../../packages/chart/src/template/template-error.ts';
import { sprintf } from '../../packages/chart/src/value/printf.ts';
import { quoteGo } from '../../packages/chart/src/value/quote.ts';
import { Int, type Value } from '../../packages/chart/src/value/value.ts';
import { readTable, type GoLiteral } from './go-literal.ts';
import { findGoSource, readGoSource } from './go-source.ts';
import { SKIPPED_COMPARISONS, SKIPPED_EXECUTIONS, SKIPPED_FORMATS, SKIPPED_PARSING } from './skipped.ts';

const source = findGoSource();

/** What Go's tests of templates see as data, as far as it is no struct's own. */
const DATA: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['I', new Int(17)],
  ['X', 'x'],
  ['S', 'xyz'],
  ['U', new Map([['V', 'v']])],
  ['MSI', new Map(Object.entries({ one: new Int(1), two: new Int(2), three: new Int(3) }))],
  ['MSIone', new Map([['one', new Int(1)]])],
]);
const CONTEXT = { randomBytes: () => new Uint8Array(), nowMilliseconds: () => 0, lookup: () => new Map() };

if (source === undefined) {
  describe("Go's own tables", () => {
    it('are met', (context) => context.skip('Go is not installed'));
  });
} else {
  describe("Go's own tables", () => {
    it('of executions', () => checkExecutions(source));
    it('of comparisons', () => checkComparisons(source));
    it('of templates that parse or do not', () => checkParsing(source));
    it('of the words for what does not parse', () => checkParseErrors(source));
    it('of formats', () => checkFormats(source));
    it('of quoted texts', () => checkQuotes(source));
  });
}

function checkExecutions(from: string): void {
  const table = readTable(readGoSource(from, 'text/template/exec_test.go'), 'execTests');
  const outcomes = table.flatMap(([, input, output, data, ok]) => {
    if (input?.kind !== 'string' || output?.kind !== 'string' || ok?.kind !== 'bool') return [];
    const isStruct = data?.kind === 'name' && data.value === 'tVal';
    const seen = isStruct ? new Map(DATA) : valueOf(data);
    if (seen === undefined || isSkipped(input.value, SKIPPED_EXECUTIONS)) return [];
    return [{ input: input.value, wanted: ok.value ? output.value : 'refused', got: execute(input.value, seen) }];
  });
  expectAll(outcomes, 120);
}

function checkComparisons(from: string): void {
  const table = readTable(readGoSource(from, 'text/template/exec_test.go'), 'cmpTests');
  const outcomes = table.flatMap(([expression, truth, ok]) => {
    if (expression?.kind !== 'string' || truth?.kind !== 'string' || ok?.kind !== 'bool') return [];
    if (isSkipped(expression.value, SKIPPED_COMPARISONS)) return [];
    const got = execute(`{{if ${expression.value}}}true{{else}}false{{end}}`, new Map());
    return [{ input: expression.value, wanted: ok.value ? truth.value : 'refused', got }];
  });
  expectAll(outcomes, 50);
}

function checkParsing(from: string): void {
  const table = readTable(readGoSource(from, 'text/template/parse/parse_test.go'), 'parseTests');
  const outcomes = table.flatMap(([name, input, ok]) => {
    if (name?.kind !== 'string' || input?.kind !== 'string' || ok?.kind !== 'name') return [];
    if (isSkipped(input.value, SKIPPED_PARSING)) return [];
    const got = parse(name.value, input.value) === undefined ? 'noError' : 'hasError';
    return [{ input: input.value, wanted: ok.value, got }];
  });
  expectAll(outcomes, 80);
}

function checkParseErrors(from: string): void {
  const table = readTable(readGoSource(from, 'text/template/parse/parse_test.go'), 'errorTests');
  const outcomes = table.flatMap(([name, input, , words]) => {
    if (name?.kind !== 'string' || input?.kind !== 'string' || words?.kind !== 'string') return [];
    const refusal = parse(name.value, input.value) ?? '';
    return [{ input: input.value, wanted: words.value, got: refusal.includes(words.value) ? words.value : refusal }];
  });
  expectAll(outcomes, 30);
}

function checkFormats(from: string): void {
  const outcomes = readTable(readGoSource(from, 'fmt/fmt_test.go'), 'fmtTests').flatMap(([format, given, written]) => {
    if (format?.kind !== 'string' || written?.kind !== 'string') return [];
    const value = valueOf(given);
    if (value === undefined || isSkipped(format.value, SKIPPED_FORMATS)) return [];
    return [{ input: format.value, wanted: written.value, got: sprintf(format.value, [value]) }];
  });
  expectAll(outcomes, 250);
}

function checkQuotes(from: string): void {
  const table = readTable(readGoSource(from, 'strconv/quote_test.go'), 'quotetests');
  const outcomes = table.flatMap(([input, quoted, ascii]) => {
    if (input?.kind !== 'string' || quoted?.kind !== 'string' || ascii?.kind !== 'string') return [];
    return [
      { input: input.value, wanted: quoted.value, got: quoteGo(input.value) },
      { input: input.value, wanted: ascii.value, got: quoteGo(input.value, { ascii: true }) },
    ];
  });
  expectAll(outcomes, 10);
}

interface Outcome {
  readonly input: string;
  readonly wanted: string;
  readonly got: string;
}

/** Every case is met, and there are at least so many: a table that could no longer be read would prove nothing. */
function expectAll(outcomes: readonly Outcome[], least: number): void {
  expect(outcomes.filter(({ wanted, got }) => got !== wanted)).toEqual([]);
  expect(outcomes.length).toBeGreaterThanOrEqual(least);
}

/** A Go value as a template sees it; `undefined` for what only Go can make. */
function valueOf(given: GoLiteral | undefined): Value {
  switch (given?.kind) {
    case 'int':
      return new Int(given.value);
    case 'list': {
      const items = given.items.map(valueOf);
      return given.type === '[]any' && !items.includes(undefined) ? items : undefined;
    }
    case 'name':
      return given.value === 'nil' ? null : undefined;
    default:
      return given?.value;
  }
}

function isSkipped(text: string, table: readonly (readonly [RegExp, string])[]): boolean {
  return table.some(([pattern]) => pattern.test(text));
}

function execute(text: string, data: Value): string {
  try {
    const set = new TemplateSet(FUNCTIONS);
    set.add('case', text);
    return new Engine(set, CONTEXT).execute('case', data);
  } catch (error) {
    if (error instanceof Error && /^Template(Exec|Parse)Error$/.test(error.constructor.name)) return 'refused';
    throw error;
  }
}

function parse(name: string, text: string): string | undefined {
  try {
    new TemplateSet(FUNCTIONS).add(name, text);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateParseError) return error.message;
    throw error;
  }
}
