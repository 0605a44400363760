import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of the installed Go, whose own tests know best; nothing when there is no Go. */
export function findGoSource(): string | undefined {
  try {
    const root = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return join(root.trim(), 'src');
  } catch {
    return undefined;
  }
}

export function readGoSource(source: string, path: string): string {
  return readFileSync(join(source, path), 'utf8');
}
