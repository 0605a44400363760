import { describe, expect, it } from 'vitest';
import { equalsMasked, firstMaskedDifference } from './mask.ts';

const password = (value: string): string => `data:\n  password: "${value}"\n  user: "admin"\n`;
const key = (...lines: string[]): string =>
  `tls: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ${lines.join('\n  ')}\n  -----END RSA PRIVATE KEY-----\nend: 1\n`;

describe('equalsMasked', () => {
  it('accepts another random text of the same length', () => {
    expect(equalsMasked(password('aaaa'), password('abcd'), password('zzzz'))).toBe(true);
  });

  it('refuses a random text of another length', () => {
    expect(equalsMasked(password('aaaa'), password('bbbb'), password('zzz'))).toBe(false);
    expect(equalsMasked(password('aaaa'), password('bbbb'), password(''))).toBe(false);
  });

  it('refuses other text around the random one', () => {
    const ours = password('zzzz').replace('password', 'passwort');
    expect(equalsMasked(password('aaaa'), password('bbbb'), ours)).toBe(false);
  });

  it('refuses a difference in what the reference writes alike each time', () => {
    const ours = password('zzzz').replace('admin', 'root');
    expect(firstMaskedDifference(password('aaaa'), password('bbbb'), ours)).toBe(2);
  });

  it('refuses lines that are missing or too many', () => {
    expect(equalsMasked(password('aaaa'), password('bbbb'), `${password('zzzz')}more: 1\n`)).toBe(false);
    expect(equalsMasked(password('aaaa'), password('bbbb'), 'data:\n  password: "zzzz"\n')).toBe(false);
  });

  it('accepts keys with another number of lines and refuses keys of another type', () => {
    expect(equalsMasked(key('aaa', 'bbb'), key('ccc'), key('ddd', 'eee', 'fff'))).toBe(true);
    const ours = key('ddd').replaceAll('RSA PRIVATE', 'EC PRIVATE');
    expect(equalsMasked(key('aaa'), key('ccc'), ours)).toBe(false);
  });

  it('lets certificates in one line vary a little', () => {
    const [short, long] = ['a'.repeat(1000), 'b'.repeat(1004)];
    expect(equalsMasked(password(short), password(long), password('c'.repeat(1040)))).toBe(true);
    expect(equalsMasked(password(short), password(long), password('c'.repeat(300)))).toBe(false);
  });
});
