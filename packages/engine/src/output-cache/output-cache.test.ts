import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesDigest, type OutputCache, openOutputCache, outputKey } from './output-cache.ts';

let root: string;
let cache: OutputCache;
const KEY = outputKey(['web', 'one']);
const pathOf = (key: string): string => join(root, 'rendered', key);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'naru-rendered-'));
  cache = openOutputCache({ NARU_CACHE: root });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('gives back what was added, to the byte', () => {
  expect(cache.read(KEY)).toBeUndefined();
  cache.add(KEY, '---\n한글: "\u2028"\n');

  expect(cache.read(KEY)).toBe('---\n한글: "\u2028"\n');
  expect(openOutputCache({ NARU_CACHE: root }).read(KEY)).toBe('---\n한글: "\u2028"\n');
});

it('keeps an empty text', () => {
  cache.add(KEY, '');

  expect(cache.read(KEY)).toBe('');
});

it('leaves nothing beside the entry, and lets nobody else read it', () => {
  cache.add(KEY, 'password: x\n');

  expect(readdirSync(join(root, 'rendered'))).toEqual([KEY]);
  expect(statSync(pathOf(KEY)).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, 'rendered')).mode & 0o777).toBe(0o700);
});

describe('an entry that is damaged counts as absent', () => {
  beforeEach(() => cache.add(KEY, 'kind: Service\n'));

  it('when it was cut off', () => {
    truncateSync(pathOf(KEY), 70);
    expect(cache.read(KEY)).toBeUndefined();
  });

  it('when a byte differs', () => {
    writeFileSync(pathOf(KEY), readFileSync(pathOf(KEY), 'utf8').replace('Service', 'service'));
    expect(cache.read(KEY)).toBeUndefined();
  });

  it.each(['', '\n', 'no digest\n'])('when it reads %j', (text) => {
    writeFileSync(pathOf(KEY), text);
    expect(cache.read(KEY)).toBeUndefined();
  });
});

it('saves nothing and refuses nothing where it cannot write', () => {
  writeFileSync(join(root, 'file'), '');
  const nowhere = openOutputCache({ NARU_CACHE: join(root, 'file') });
  nowhere.add(KEY, 'text');
  nowhere.trim();

  expect(nowhere.read(KEY)).toBeUndefined();
});

describe('trimming', () => {
  const keys = Array.from({ length: 8 }, (_, index) => outputKey([index]));
  const fill = (filled: OutputCache): void => {
    for (const [age, key] of keys.entries()) {
      filled.add(key, 'x'.repeat(1000));
      utimesSync(pathOf(key), age, age);
    }
  };

  it('does nothing within the bounds', () => {
    fill(cache);
    cache.trim();

    expect(keys.filter((key) => cache.read(key) === undefined)).toEqual([]);
  });

  it.each([
    ['entries', { bytes: 1_000_000, entries: 4 }, keys.slice(5)],
    ['bytes', { bytes: 6000, entries: 1000 }, keys.slice(4)],
  ])('removes the oldest when there are too many %s', (_, bounds, kept) => {
    const bounded = openOutputCache({ NARU_CACHE: root }, bounds);
    fill(bounded);
    bounded.trim();

    expect(keys.filter((key) => bounded.read(key) !== undefined)).toEqual(kept);
  });
});

describe('the digest of files', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const digest = (...files: readonly (readonly [string, string])[]): string =>
    filesDigest(new Map(files.map(([name, text]) => [name, bytes(text)])));

  it('follows from names and contents, whatever their order', () => {
    expect(digest(['a', '1'], ['b', '2'])).toBe(digest(['b', '2'], ['a', '1']));
    expect(digest(['a', '1'])).not.toBe(digest(['b', '1']));
    expect(digest(['a', '1'])).not.toBe(digest(['a', '2']));
  });

  it('is not misled by where one file ends', () => {
    expect(digest(['a', '12'], ['b', '3'])).not.toBe(digest(['a', '1'], ['b', '23']));
    expect(digest(['a', ''], ['b', ''])).not.toBe(digest(['ab', '']));
  });
});

it('makes keys that differ when any part does', () => {
  expect(outputKey(['a', ['b']])).toBe(outputKey(['a', ['b']]));
  expect(outputKey(['a', ['b']])).not.toBe(outputKey(['a', 'b']));
  expect(outputKey(['a', 'b'])).not.toBe(outputKey(['b', 'a']));
});
