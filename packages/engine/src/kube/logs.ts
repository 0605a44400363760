import type { LogOptions } from './client.ts';
import type { ObjectName } from './kube-object.ts';
import { describeObject, withQuery } from './resource-path.ts';
import { textLines } from './text-lines.ts';
import type { Transport } from './transport.ts';

/** Silence means nothing in a log that is followed; in one that is read to its end it means that the node is stuck. */
const IDLE_SECONDS = 60;

export async function* podLogs(
  transport: Transport,
  pod: Required<ObjectName>,
  { container, tailLines, previous, follow, signal }: LogOptions,
): AsyncGenerator<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/log`;
  const object = describeObject('Pod', pod);
  const chunks = await transport.stream(
    {
      method: 'GET',
      path: withQuery(path, { container, tailLines, previous, follow }),
      accept: '*/*',
      repeatable: true,
      action: `read the log of ${object}`,
      object,
      signal,
    },
    follow === true ? 0 : IDLE_SECONDS,
  );
  yield* textLines(chunks);
}
