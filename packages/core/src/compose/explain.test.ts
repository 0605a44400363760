import { describe, expect, it } from 'vitest';
import { filesOf, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { NaruError } from '../error/naru-error.ts';
import { compose } from './compose.ts';
import type { Composition } from './composition.ts';
import { explain } from './explain.ts';

const LAYERS = goldenCases('compose').find(({ name }) => name === 'layers');

function layered(site: string): Composition {
  const { composition } = compose(sourcesOf(filesOf(LAYERS?.folder ?? '')), site);
  if (composition === undefined) throw new Error('nothing composed');
  return composition;
}

function explained(path: string, site = 'dev'): readonly string[] {
  return explain(layered(site), path).map(({ path: at, said }) => {
    const layers = said.map(({ value, origin }) => {
      const by = origin.setting === undefined ? '' : ` by ${origin.setting}`;
      return `${JSON.stringify(value)} ${origin.layer} ${origin.file}:${origin.line}:${origin.column}${by}`;
    });
    return `${at}: ${layers.join(', ')}`;
  });
}

describe('explain', () => {
  it('names every layer that set a value, strongest first', () => {
    expect(explained('web.values.image.tag')).toEqual([
      'web.values.image.tag: "1.1" platform platform.yaml:11:18, "1.0.9" platform values/base.yaml:2:10, "1.0" component components/web/component.yaml:15:25',
    ]);
  });

  it('names the setting that a value follows from, at the place where the setting was set', () => {
    expect(explained('web.values.autoscaling.minimum')).toEqual([
      'web.values.autoscaling.minimum: 2 platform platform.yaml:8:19 by replicas, 1 component components/web/component.yaml:10:44 by replicas',
    ]);
    expect(explained('web.settings.replicas')).toEqual([
      'web.settings.replicas: 2 platform platform.yaml:8:19, 1 component components/web/component.yaml:10:44',
    ]);
  });

  it('explains every value below a path', () => {
    expect(explained('web.settings').map((line) => line.split(':')[0])).toEqual([
      'web.settings.replicas',
      'web.settings.title',
      'web.settings.limits.cpu',
      'web.settings.limits.memory',
    ]);
    const whole = explained('web');
    expect(whole).toEqual([...explained('web.settings'), ...explained('web.values')]);
  });

  it('tells who took a key away', () => {
    expect(explained('web.values.resources', 'prod')[0]).toContain('null site sites/prod.yaml:7:22');
  });

  it('takes a dot within a key', () => {
    const { composition } = compose(
      sourcesOf(
        new Map([
          [
            'platform.yaml',
            'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\nspec:\n  components:\n    web: { values: { a.b: { c: 1 } } }\n',
          ],
          ['sites/dev.yaml', 'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: dev }\nspec: {}\n'],
        ]),
      ),
      'dev',
    );
    if (composition === undefined) throw new Error('nothing composed');

    expect(explain(composition, 'web.values.a\\.b.c').map(({ path }) => path)).toEqual(['web.values.a\\.b.c']);
    expect(() => explain(composition, 'web.values.a.b.c')).toThrow(NaruError);
  });

  it.each([
    ['wbe', 'did you mean `web`?', 'Use one of: batch, legacy, web;'],
    ['web.value.image', 'did you mean `web.values.image`?', 'Use one of: web.settings, web.values;'],
    ['web.values.image.tga', 'did you mean `web.values.image.tag`?', 'web.values.image.pullPolicy'],
    ['web.values.image.tag.more', '`web.values.image.tag.more`', 'web.values.image.tag;'],
  ])('refuses %s and says what there is', (path, message, remedy) => {
    const refused = ((): NaruError => {
      try {
        explain(layered('dev'), path);
      } catch (error) {
        if (error instanceof NaruError) return error;
      }
      throw new Error('nothing was refused');
    })();

    expect(refused.code).toBe('PATH_UNKNOWN');
    expect(refused.message).toContain(message);
    expect(refused.remedyIn('en')).toContain(remedy);
  });
});
