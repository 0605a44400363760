import { spawnSync } from 'node:child_process';

/** What the real Helm writes: its output, or its error without the hint about `--debug`. */
export function runHelm(helm: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (status === 0) return stdout;
  const start = stderr.indexOf('Error: ');
  return stderr.slice(Math.max(0, start)).replace('\n\nUse --debug flag to render out invalid YAML', '');
}
