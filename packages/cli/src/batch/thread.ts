import { parentPort, workerData } from 'node:worker_threads';
import { type Job, renderShare } from './render-share.ts';

/** Entry of a thread of `start-thread.ts`. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has one parent, and no origin
parentPort?.postMessage(await renderShare(workerData as Job));
