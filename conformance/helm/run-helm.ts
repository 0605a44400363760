import { execFile, spawnSync } from 'node:child_process';

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** What the real Helm writes: its output, or its error without the hint about `--debug`. */
export function runHelm(helm: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES });
  return status === 0 ? stdout : refusalIn(stderr);
}

/** The same without waiting, so that several run at once. */
export async function runHelmAside(helm: string, args: readonly string[]): Promise<string> {
  return await new Promise((resolve) => {
    execFile(helm, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES }, (failure, stdout, stderr) => {
      resolve(failure === null ? stdout : refusalIn(stderr));
    });
  });
}

function refusalIn(stderr: string): string {
  const start = stderr.indexOf('Error: ');
  return stderr.slice(Math.max(0, start)).replace('\n\nUse --debug flag to render out invalid YAML', '');
}
