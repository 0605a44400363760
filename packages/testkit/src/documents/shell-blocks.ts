import type { Level } from '@naru/engine';

/**
 * What a block of commands needs beyond Node: a control plane of a level, or `clone`, a fresh clone with a package
 * registry, which only the run of the whole project has.
 */
export type BlockNeed = Level | 'clone' | 'nothing';

/** The commands between one pair of `sh` fences of a document. */
export interface ShellBlock {
  /** Of the first command, counted from 1. */
  readonly line: number;
  readonly needs: BlockNeed;
  readonly script: string;
}

const NEEDS: ReadonlySet<string> = new Set(['api', 'controllers', 'node', 'clone']);
const MARK = /^<!-- needs: (\S+) -->$/;

/**
 * The `sh` blocks of a Markdown document, in order. A comment `<!-- needs: LEVEL -->` on the line before a block says
 * what it needs; a comment that is misspelt or stands before anything else is refused, and so is a block without end.
 */
export function shellBlocks(markdown: string): readonly ShellBlock[] {
  const lines = markdown.split('\n');
  const blocks: ShellBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.startsWith('<!-- needs') && lines[index + 1] !== '```sh') {
      throw new Error(`line ${index + 1}: a mark without a block: ${line}`);
    }
    if (!line.startsWith('```')) continue;
    const end = lines.indexOf('```', index + 1);
    if (end === -1) throw new Error(`line ${index + 1}: a block without end`);
    if (line === '```sh') {
      const script = lines.slice(index + 1, end).join('\n');
      blocks.push({ line: index + 2, needs: needOf(lines[index - 1] ?? ''), script });
    }
    index = end;
  }
  return blocks;
}

function needOf(line: string): BlockNeed {
  if (!line.startsWith('<!--')) return 'nothing';
  const need = MARK.exec(line)?.[1] ?? '';
  if (!NEEDS.has(need)) throw new Error(`a mark that says nothing: ${line}`);
  return need as BlockNeed;
}
