/**
 * What Helm can do besides single functions, and the families of cases in `conformance/charts` that show it. A star at the
 * end of a family stands for any further letters.
 */
export const COMPATIBILITY_FEATURES: Readonly<Record<string, readonly string[]>> = {
  'Template language: pipelines, variables, `if`, `with`, `range`, `break`, `continue`, `define`, `block`, `include`, `tpl`':
    ['language', 'output'],
  'Template language: what does not parse': ['parse-*'],
  'Calls that fail, and how errors are told through `include` and `tpl`': ['errors'],
  'Printing: `%v` of every kind, `printf` with every verb and flag': ['conversion', 'fuzz-printf'],
  'Texts, lists, dicts, numbers, dates, versions, regular expressions': [
    'strings',
    'lists',
    'dicts',
    'math',
    'dates',
    'versions',
    'regexes',
    'more',
    'functions-*',
    'fuzz-copies',
    'fuzz-kept-patterns',
    'fuzz-numbers',
    'fuzz-patterns*',
  ],
  'Passwords, keys and certificates': ['crypto-*'],
  'YAML, JSON and TOML, in and out': ['conversion', 'output', 'toml'],
  'Values: files, `--set`, `--set-string`, `--set-json`, nulls, several documents in one file': ['values', 'values-*'],
  '`values.schema.json`, of subcharts too': ['values-schema*'],
  'Charts: metadata of versions 1 and 2, libraries, lock files, packed charts, `.helmignore`': ['charts-*'],
  'Subcharts: aliases, conditions, tags, `import-values`, globals': ['subcharts', 'charts-dependencies'],
  '`.Files`, `.Capabilities`, `.Release`, `.Chart`, `.Template`, `.Subcharts`': ['files', 'capabilities', 'subcharts'],
  'Hooks, tests, custom resource definitions, notes, the order of manifests': ['hooks'],
};

/** Whether a family of cases is one that `pattern` stands for. */
export function isFamily(family: string, pattern: string): boolean {
  return pattern.endsWith('*') ? family.startsWith(pattern.slice(0, -1)) : family === pattern;
}
