import { spawn } from 'node:child_process';
import type { ControlPlane } from '@naru/engine';
import { locateTool } from './control-plane.ts';

/** Runs kubectl with `args`, gives it `input`, and resolves with what it printed. Rejects with what it complained about. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<string>;

/** The reference client on a control plane, for tests that must not trust our own. */
export async function kubectlOn({ kubeconfigPath }: Pick<ControlPlane, 'kubeconfigPath'>): Promise<Kubectl> {
  const program = await locateTool('kubectl');
  return (args, input = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [`--kubeconfig=${kubeconfigPath}`, ...args]);
      let [printed, complaint] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
      child.once('error', reject);
      child.once('close', (code) => {
        if (code === 0) resolve(printed);
        else reject(new Error(`kubectl ${args.join(' ')} ended with ${code}: ${complaint}`));
      });
      child.stdin.end(input);
    });
}
