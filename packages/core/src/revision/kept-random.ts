import type { RandomSource } from '@naru/chart';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** What the random and time functions of a platform's charts are answered from: made once, kept for its life. */
export interface Kept {
  /** 32 random bytes, hexadecimal. Secret: every generated password follows from it. */
  readonly seed: string;
  /** When the seed was made, in milliseconds since 1970: what `now` answers in templates. */
  readonly bornAt: number;
  /** True when what is compiled is only looked at: nothing that whoever delivers must give is asked for. */
  readonly isForShow?: boolean;
}

/**
 * Random bytes that are the same at each compile: HMAC-SHA-256 of a counter under the platform's seed, separately for
 * each component and each of its templates. So a new component, a changed one, or a new template in an upgraded chart
 * never moves the passwords that other templates make.
 */
export function keptRandom(kept: Kept, component: string): RandomSource {
  const streams = new Map<string, (count: number) => Uint8Array>();
  return {
    bytes: (count, template) => {
      let stream = streams.get(template);
      if (stream === undefined) {
        stream = keptStream(kept, `random/${component}/${template}`);
        streams.set(template, stream);
      }
      return stream(count);
    },
  };
}

/** Bytes that are the same at each compile, for one purpose: no two purposes share any. */
export function keptStream({ seed }: Kept, purpose: string): (count: number) => Uint8Array {
  return streamOf(hmac(sha256, hexToBytes(seed), utf8ToBytes(`naru.dev/${purpose}`)));
}

function streamOf(key: Uint8Array): (count: number) => Uint8Array {
  let counter = 0;
  let pool = new Uint8Array(0);
  return (count) => {
    while (pool.length < count) {
      pool = concatBytes(pool, hmac(sha256, key, utf8ToBytes(String(counter))));
      counter += 1;
    }
    const answer = pool.slice(0, count);
    pool = pool.slice(count);
    return answer;
  };
}
