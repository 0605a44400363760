import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from './function-table.ts';

/** Helm takes these from sprig and throws them away: a chart must not see the environment. */
const REMOVED = new Set(['env', 'expandenv']);

/** Where Helm 4.3.1 and Go keep the tables of their functions: a file of a folder, and what stands around the table. */
const TABLES = [
  { root: 'GOROOT', file: 'src/text/template/funcs.go', from: 'func builtins()', to: '\n}\n' },
  {
    root: 'GOMODCACHE',
    file: 'github.com/!masterminds/sprig/v3@v3.3.0/functions.go',
    from: 'var genericMap',
    to: '\n}\n',
  },
  {
    root: 'GOMODCACHE',
    file: 'helm.sh/helm/v4@v4.3.1/pkg/engine/funcs.go',
    from: 'extra := template.FuncMap',
    to: 'maps.Copy',
  },
] as const;

function goFolder(name: string): string {
  try {
    return execFileSync('go', ['env', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function namesIn({ root, file, from, to }: (typeof TABLES)[number]): string[] | undefined {
  const path = join(goFolder(root), file);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(from);
  const table = text.slice(start, text.indexOf(to, start)).replace(/^\s*\/\/.*$/gm, '');
  return [...table.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
}

describe('the functions', () => {
  it('are those of Helm 4.3.1, by its own sources', (context) => {
    const tables = TABLES.map(namesIn);
    if (tables.includes(undefined)) context.skip('the sources of Go, sprig 3.3.0 and Helm 4.3.1 are not all there');
    const names = new Set(tables.flatMap((table) => table ?? []).filter((name) => !REMOVED.has(name)));

    expect(names.size).toBeGreaterThan(240);
    expect([...FUNCTIONS.keys()].sort()).toEqual([...names].sort());
  });

  it('know their own names', () => {
    for (const [name, entry] of FUNCTIONS) expect(entry.name).toBe(name);
  });
});
