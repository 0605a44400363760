import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptRandom } from './kept-random.ts';

const kept = { seed: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', bornAt: 0 };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('keptRandom', () => {
  it('answers the same bytes at each compile, however they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 6 }), (counts) => {
        const random = keptRandom(kept, 'web');
        const pieces = counts.map((count) => hex(random.bytes(count, 'secret.yaml'))).join('');
        const total = counts.reduce((sum, count) => sum + count, 0);
        expect(pieces).toBe(hex(keptRandom(kept, 'web').bytes(total, 'secret.yaml')));
        expect(pieces).toHaveLength(2 * total);
      }),
    );
  });

  it('answers others for another component and for another seed', () => {
    const [a, b, c] = [
      keptRandom(kept, 'web'),
      keptRandom(kept, 'web2'),
      keptRandom({ ...kept, seed: 'ff'.repeat(32) }, 'web'),
    ];
    expect(new Set([a, b, c].map((random) => hex(random.bytes(32, 'secret.yaml')))).size).toBe(3);
  });

  it('answers each template apart: what one asks for never moves what another gets', () => {
    const [alone, beside] = [keptRandom(kept, 'web'), keptRandom(kept, 'web')];
    beside.bytes(7, 'another.yaml');

    expect(hex(beside.bytes(16, 'secret.yaml'))).toBe(hex(alone.bytes(16, 'secret.yaml')));
    expect(hex(alone.bytes(16, 'another.yaml'))).not.toBe(hex(keptRandom(kept, 'web').bytes(16, 'secret.yaml')));
  });

  it('does not depend on when the seed was made', () => {
    expect(hex(keptRandom({ ...kept, bornAt: 5 }, 'web').bytes(8, 'secret.yaml'))).toBe(
      hex(keptRandom(kept, 'web').bytes(8, 'secret.yaml')),
    );
  });

  it('keeps its bytes for ever: they are the passwords of installed platforms', () => {
    expect(hex(keptRandom(kept, 'web').bytes(40, 'secret.yaml'))).toBe(
      '2162a9f86ce62ffda8c4856b2a621eba955c75468c6dc2ca777f871632cf440d885772af96050a3d',
    );
  });

  it('spreads its bytes evenly', () => {
    const counts = Array.from({ length: 256 }, () => 0);
    for (const byte of keptRandom(kept, 'web').bytes(64 * 1024, 'secret.yaml')) counts[byte] = (counts[byte] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(180);
    expect(Math.max(...counts)).toBeLessThan(340);
  });
});
