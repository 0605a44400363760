import { Refusal } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { load } from './load-platform.ts';

const write = useFolders();

const head = (kind: string, name: string): string =>
  `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
const PLATFORM = `${head('Platform', 'shop')}spec: { components: {} }\n`;
const profile = (name: string, spec = '{}'): string => `${head('Profile', name)}spec: ${spec}\n`;

describe('load', () => {
  it('reads profiles of the folder and of the catalog; one of the folder hides its twin', async () => {
    const folder = write({
      'platform.yaml': PLATFORM,
      'profiles/small.yaml': profile('small', '{ size: tiny }'),
      'profiles/README.md': 'no profile',
    });
    const catalog = write({
      'profiles/small.yaml': profile('small', '{ size: hidden }'),
      'profiles/large.yml': profile('large'),
    });

    const { profiles } = await load(folder, catalog);

    expect([...profiles].map(([name, { isShipped, spec }]) => [name, isShipped, spec.spec.size])).toEqual([
      ['large', true, undefined],
      ['small', false, 'tiny'],
    ]);
  });

  it('refuses a profile that is named unlike its file, and one that is no profile', async () => {
    const folder = write({
      'platform.yaml': PLATFORM,
      'profiles/a.yaml': profile('b'),
      'profiles/c.yaml': `${head('Site', 'c')}spec: {}\n`,
    });

    const refused = await load(folder, write({ 'README.md': '' })).then(
      () => undefined,
      (error: unknown) => error,
    );

    if (!(refused instanceof Refusal)) throw new Error('nothing was refused');
    expect(refused.findings.map(({ error: { code, place } }) => `${code} ${place?.line}:${place?.column}`)).toEqual([
      'FIELD_INVALID 2:1',
      'FIELD_INVALID 3:13',
    ]);
  });
});
