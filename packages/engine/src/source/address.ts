import { plainText } from '../kube/plain-text.ts';

/** An address as it may be shown and kept: without the user and the query, where passwords and tokens stand. */
export function addressOf({ protocol, host, pathname }: URL): string {
  return plainText(`${protocol}//${host}${pathname}`);
}
