import { ChartError } from '../error/chart-error.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import type { ChartFiles } from './chart.ts';
import { compileFileGlob } from './glob.ts';

interface Rule {
  readonly negated: boolean;
  readonly directoryOnly: boolean;
  readonly matches: (path: string) => boolean;
}

/**
 * The files that remain when the chart's `.helmignore` and Helm's own rule for hidden templates are applied.
 *
 * The rules are Helm's, not git's: the first rule that matches decides, and a `!` rule hides all that it does not match.
 */
export function filterIgnored(files: ChartFiles): ChartFiles {
  const written = files.get('.helmignore');
  const lines =
    written === undefined
      ? []
      : decodeUtf8(written)
          .replace(/^\ufeff/, '')
          .split(/\r?\n/);
  const rules = [...lines, 'templates/.?*'].flatMap((line) => parseRule(line.trim()));
  const hiddenFolders = new Map<string, boolean>();
  const isHiddenFolder = (folder: string): boolean => {
    if (folder === '') return false;
    const known = hiddenFolders.get(folder);
    if (known !== undefined) return known;
    const hidden = isHiddenFolder(parentOf(folder)) || isIgnored(rules, folder, true);
    hiddenFolders.set(folder, hidden);
    return hidden;
  };
  return new Map([...files].filter(([path]) => !isHiddenFolder(parentOf(path)) && !isIgnored(rules, path, false)));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isIgnored(rules: readonly Rule[], path: string, isDirectory: boolean): boolean {
  for (const rule of rules) {
    if (rule.negated) {
      if ((rule.directoryOnly && !isDirectory) || !rule.matches(path)) return true;
    } else if ((!rule.directoryOnly || isDirectory) && rule.matches(path)) return true;
  }
  return false;
}

function parseRule(line: string): Rule[] {
  if (line === '' || line.startsWith('#')) return [];
  if (line.includes('**')) throw invalid('double-star (**) syntax is not supported');
  const negated = line.startsWith('!');
  let pattern = negated ? line.slice(1) : line;
  const directoryOnly = pattern.endsWith('/');
  if (directoryOnly) pattern = pattern.slice(0, -1);
  const isRooted = pattern.startsWith('/');
  const isPath = pattern.includes('/');
  const glob = compileFileGlob(isRooted ? pattern.slice(1) : pattern);
  if (glob === undefined) throw invalid('syntax error in pattern');
  const matches = (path: string): boolean => glob.test(isPath ? path : path.slice(path.lastIndexOf('/') + 1));
  return [{ negated, directoryOnly, matches }];
}

function invalid(reason: string): ChartError {
  return new ChartError('CHART_INVALID', { reason }, { place: { file: '.helmignore', line: 1, column: 1 } });
}
