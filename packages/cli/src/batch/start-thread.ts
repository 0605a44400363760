import { Worker } from 'node:worker_threads';
import type { Job, Share } from './render-share.ts';

/** Another thread that takes releases from the same job. */
export interface Thread {
  readonly share: Promise<Share>;
  readonly stop: () => void;
}

export function startThread(job: Job): Thread {
  // In the bundle the entry lies beside the chunk that this file ends up in.
  const isSource = import.meta.url.endsWith('.ts');
  const entry = isSource ? new URL('./thread.ts', import.meta.url) : new URL('./thread.js', import.meta.url);
  const worker = new Worker(entry, { workerData: job });
  const share = new Promise<Share>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without a result')));
  });
  // Told when it is waited for; until then a failure is no unhandled one.
  share.catch(() => undefined);
  return { share, stop: () => void worker.terminate() };
}
