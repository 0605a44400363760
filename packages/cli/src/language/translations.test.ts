import { describe, expect, it } from 'vitest';
import { ENGLISH } from './english.ts';
import { KOREAN } from './korean.ts';
import { languageOf } from './language.ts';

const COUNTS = { create: 11, update: 12, keep: 13, delete: 14, retain: 15 };

/** What each message is called with; every text and number must be found again in what it says. */
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  'usage.unknownCommand': ['chek'],
  'usage.unknownOption': ['--sit'],
  'usage.missingArgument': ['chart'],
  'usage.missingValue': ['--site'],
  'usage.badChoice': ['--output', 'xml', 'text, json'],
  'usage.badAssignment': ['a=1'],
  'usage.unreadAssignment': ['a.b[=1', 'no end'],
  'usage.optionLacks': ['--out', '--batch'],
  'usage.needsCluster': ['--validate'],
  'usage.optionExcluded': ['--set', '--batch'],
  checkPassed: [21, 22, 23],
  checkFound: [21, 22],
  moreFindings: [21, 'IMAGE_UNPINNED'],
  linted: [21, 22, 23],
  waived: [21],
  watching: ['shop', '0.3 s'],
  planHead: ['shop', '1.2.3', 'dev'],
  planSummary: [COUNTS],
  held: ['ann@desk:7'],
  progress: [21, 22, '3 s'],
  delivered: ['shop', 'dev', '3 s'],
  interrupted: ['naru apply'],
  deleted: ['shop'],
  confirmDelete: ['shop'],
  healthy: ['shop'],
  unhealthy: ['shop'],
  written: [21, 'tree'],
  batched: [{ rendered: 21, unchanged: 22, failed: 23 }, 'out'],
  bySetting: ['replicas'],
  initDone: ['shop'],
  askName: ['shop'],
  askComponents: ['hello, valkey', 'postgresql'],
  askSite: ['dev'],
  building: ['etcd', '3.6', 'network'],
  rehearsed: ['shop', 'dev', 'api', '1.36'],
  pulled: ['https://charts.example.com/web.tgz', 'sha256:ab'],
};

/** Every message by its path. */
function messages(tree: object, path: readonly string[] = []): readonly (readonly [string, unknown])[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const here = [...path, key];
    return typeof value === 'object' && value !== null ? messages(value, here) : [[here.join('.'), value] as const];
  });
}

function say(path: string, message: unknown): string {
  if (typeof message !== 'function') return String(message);
  const sample = SAMPLES[path];
  if (sample === undefined) throw new Error(`no sample for ${path}: add one`);
  return String(message(...sample));
}

const english = new Map(messages(ENGLISH));
const korean = new Map(messages(KOREAN));

describe('Korean', () => {
  it('has the messages of English, and both have a sample for each that takes something', () => {
    expect([...korean.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    const functions = [...english].filter(([, message]) => typeof message === 'function').map(([path]) => path);
    expect(functions.toSorted()).toEqual(Object.keys(SAMPLES).toSorted());
  });

  it.each([...korean])('says %s in Korean', (path, message) => {
    expect(say(path, message)).toMatch(/[가-힣]/);
    expect(say(path, message)).not.toBe(say(path, english.get(path)));
  });

  it.each([...english])('leaves %s of English without Korean', (path, message) => {
    expect(say(path, message)).not.toMatch(/[가-힣]/);
  });
});

describe.each([
  ['en', english],
  ['ko', korean],
] as const)('messages in %s', (_, table) => {
  it.each(Object.entries(SAMPLES))('say everything that %s is given', (path, sample) => {
    const said = say(path, table.get(path));

    expect(said).not.toMatch(/undefined|NaN|\[object/);
    const given = sample.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : [item]));
    for (const item of given) expect(said).toContain(String(item));
  });

  it('leave out what is not there', () => {
    for (const { planHead, planSummary, checkPassed } of [ENGLISH, KOREAN]) {
      expect(planHead('shop', undefined, 'dev')).not.toMatch(/undefined| {2}/);
      expect(planSummary({ ...COUNTS, retain: 0 })).not.toMatch(/left alone|그대로/);
      expect(checkPassed(1, 1, 0)).not.toMatch(/warning|경고/);
    }
  });
});

it('counts one thing as one in English', () => {
  expect([ENGLISH.checkPassed(1, 1, 1), ENGLISH.checkFound(1, 0), ENGLISH.written(1, 'x')]).toEqual([
    'No errors, 1 warning: 1 component, 1 object.',
    '1 error, 0 warnings.',
    '1 file written to x.',
  ]);
});

describe('languageOf', () => {
  it.each([
    [['--lang', 'ko'], {}, 'ko'],
    [['check', '--lang=ko'], {}, 'ko'],
    [['--lang', 'en'], { LANG: 'ko_KR.UTF-8' }, 'en'],
    [[], { LANG: 'ko_KR.UTF-8' }, 'ko'],
    [[], { LC_ALL: 'C.UTF-8', LANG: 'ko_KR.UTF-8' }, 'en'],
    [[], { LC_ALL: '', LC_MESSAGES: 'ko_KR', LANG: 'en_US' }, 'ko'],
    [[], { LANG: 'de_DE.UTF-8' }, 'en'],
    [[], {}, 'en'],
    [['--lang', 'fr'], { LANG: 'ko_KR.UTF-8' }, 'ko'],
    [['--lang'], { LANG: 'ko_KR.UTF-8' }, 'ko'],
  ] as const)('of %j with %j is %s', (argv, environment, language) => {
    expect(languageOf(argv, environment)).toBe(language);
  });
});
