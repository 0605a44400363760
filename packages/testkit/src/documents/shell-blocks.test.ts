import { describe, expect, it } from 'vitest';
import { shellBlocks } from './shell-blocks.ts';

function markdown(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

describe('shellBlocks', () => {
  it('finds the commands of sh blocks and of no others', () => {
    const text = markdown(
      'Text',
      '',
      '```sh',
      'naru check',
      'naru plan',
      '```',
      '```yaml',
      'a: 1',
      '```',
      '```sh',
      'ls',
      '```',
    );

    expect(shellBlocks(text)).toEqual([
      { line: 4, needs: 'nothing', script: 'naru check\nnaru plan' },
      { line: 11, needs: 'nothing', script: 'ls' },
    ]);
  });

  it('takes what a block needs from the comment before it', () => {
    const text = markdown('<!-- needs: controllers -->', '```sh', 'naru apply', '```');

    expect(shellBlocks(text).map(({ needs }) => needs)).toEqual(['controllers']);
  });

  it('does not take fences inside other blocks for blocks', () => {
    expect(shellBlocks(markdown('```text', '  ```sh', '```'))).toEqual([]);
  });

  it.each([
    ['an unknown need', ['<!-- needs: a-cluster -->', '```sh', 'ls', '```'], 'a mark that says nothing'],
    ['a mark without a block', ['<!-- needs: node -->', '', '```sh', 'ls', '```'], 'line 1: a mark without a block'],
    ['a block without end', ['text', '```sh', 'ls'], 'line 2: a block without end'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => shellBlocks(markdown(...lines))).toThrow(message);
  });
});
