import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime } from './time.ts';
import { Time } from './value.ts';
import { clockNames } from './zone-names.ts';
import { inZone } from './zone.ts';

const WINTER = new Time(1_768_456_800_000_000_000n);
const SUMMER = new Time(1_784_095_200_000_000_000n);
const show = (time: Time, zone: string): string => formatTime(inZone(time, zone), '2006-01-02 15:04 -0700 MST');

describe('inZone', () => {
  it.each([
    ['Asia/Seoul', '2026-01-15 15:00 +0900 KST', '2026-07-15 15:00 +0900 KST'],
    ['Europe/Berlin', '2026-01-15 07:00 +0100 CET', '2026-07-15 08:00 +0200 CEST'],
    ['Australia/Sydney', '2026-01-15 17:00 +1100 AEDT', '2026-07-15 16:00 +1000 AEST'],
    ['Europe/Dublin', '2026-01-15 06:00 +0000 GMT', '2026-07-15 07:00 +0100 IST'],
    ['America/St_Johns', '2026-01-15 02:30 -0330 NST', '2026-07-15 03:30 -0230 NDT'],
    ['Asia/Kathmandu', '2026-01-15 11:45 +0545 +0545', '2026-07-15 11:45 +0545 +0545'],
    ['Asia/Dubai', '2026-01-15 10:00 +0400 +04', '2026-07-15 10:00 +0400 +04'],
    ['UTC', '2026-01-15 06:00 +0000 UTC', '2026-07-15 06:00 +0000 UTC'],
  ])('shows the clocks of %s', (zone, winter, summer) => {
    expect([show(WINTER, zone), show(SUMMER, zone)]).toEqual([winter, summer]);
  });

  it.each(['', 'Local', 'Nowhere/At_All', 'asia/seoul', '../x', '+09:00', 'é'])('takes %j for UTC', (zone) => {
    expect(inZone(WINTER, zone)).toEqual(new Time(WINTER.unixNanoseconds));
  });

  it('never moves the moment, before or after Christ', () => {
    const zone = fc.constantFrom('Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia');
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 67n), max: 2n ** 65n }), zone, (nanoseconds, name) => {
        const shown = inZone(new Time(nanoseconds), name);
        expect(shown.unixNanoseconds).toBe(nanoseconds);
        expect(Math.abs(shown.offsetSeconds)).toBeLessThan(16 * 3600);
      }),
    );
  });
});

describe('clockNames', () => {
  it('knows zones that the platform knows', () => {
    for (const zone of ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'GMT', 'EST5EDT']) {
      const [standard = ''] = clockNames(zone) ?? [];
      expect(standard).toMatch(/^[A-Z][A-Za-z]{2,3}$/);
      expect(inZone(WINTER, zone).zone).toBe(standard);
    }
    expect(clockNames('Asia/Dubai')).toBeUndefined();
  });
});
