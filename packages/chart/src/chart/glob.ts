/** Go's `filepath.Match`: `*` and `?` stay inside a path segment. Nothing when the pattern is malformed. */
export function compileFileGlob(pattern: string): RegExp | undefined {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\') {
      if (++i >= pattern.length) return undefined;
      source += escape(pattern[i] ?? '');
    } else if (char === '[') {
      const set = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(pattern.slice(i));
      if (set === null) return undefined;
      source += `[${set[1]}${(set[2] ?? '').replaceAll('[', '\\[')}]`;
      i += set[0].length - 1;
    } else source += escape(char);
  }
  return expression(source);
}

/** The globs of `.Files.Glob`: `**` crosses segments, `{a,b}` is a choice, `[!a]` a negated set. A malformed one matches all. */
export function compileChartGlob(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (pattern.startsWith('**', i)) {
      source += '[^]*';
      i++;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\') source += escape(pattern[++i] ?? '');
    else if (char === '[') {
      const set = /^\[(!?)([^\]]+)\]/.exec(pattern.slice(i));
      if (set === null) return /(?:)/;
      source += `[${set[1] === '!' ? '^' : ''}${set[2]}]`;
      i += set[0].length - 1;
    } else if (char === '{') {
      depth++;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (char === ',' && depth > 0) source += '|';
    else source += escape(char);
  }
  return (depth === 0 ? expression(source) : undefined) ?? /(?:)/;
}

function expression(source: string): RegExp | undefined {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
