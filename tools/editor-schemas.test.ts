import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, startEditor } from './language-server.ts';

const schema = (name: string): string => pathToFileURL(join('docs/reference', `${name}.schema.json`)).href;
let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    [schema('platform')]: '**/platform.yaml',
    [schema('site')]: '**/sites/*.yaml',
    [schema('component')]: '**/component.yaml',
  });
});
afterAll(() => editor?.close());

const uri = (path: string): string => pathToFileURL(path).href;

/** What an editor underlines, as `line message`, lines counted from 1. */
async function underlined(path: string, text: string): Promise<readonly string[]> {
  const found = await editor.diagnose(uri(path), text);
  return found.map(({ range, message }) => `${range.start.line + 1} ${message}`);
}

const written = [
  ...readdirSync('examples').flatMap((name) => [
    `examples/${name}/platform.yaml`,
    ...readdirSync(`examples/${name}/sites`).map((site) => `examples/${name}/sites/${site}`),
  ]),
  ...readdirSync('catalog').map((name) => `catalog/${name}/component.yaml`),
];

describe('an editor with the published schemas', () => {
  it.each(written)('finds nothing wrong with %s', async (file) => {
    expect(await underlined(file, readFileSync(file, 'utf8'))).toEqual([]);
  });

  it.each([
    [
      'shop/platform.yaml',
      'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\nspec:\n  verson: 1.0.0\n  components: {}\n',
      /^5 .*verson/,
    ],
    [
      'shop/platform.yaml',
      'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\nspec:\n  components: { web: { namespace: 7 } }\n',
      /^5 .*(string|type)/i,
    ],
    [
      'shop/sites/dev.yaml',
      'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: dev }\nspec: { provider: mars }\n',
      /^4 .*aws/,
    ],
    [
      'shop/components/web/component.yaml',
      'apiVersion: naru.dev/v1alpha1\nkind: Component\nmetadata: { name: web }\n',
      /spec/,
    ],
  ])('underlines what Naru would refuse in %s', async (file, text, expected) => {
    expect((await underlined(`/elsewhere/${Math.random()}/${file}`, text)).join('\n')).toMatch(expected);
  });

  it('offers the fields that can stand in a place', async () => {
    const file = '/elsewhere/offer/sites/dev.yaml';
    const text = 'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: dev }\nspec:\n  \n';
    await editor.diagnose(uri(file), text);

    expect(await editor.complete(uri(file), 4, 2)).toEqual(
      expect.arrayContaining(['registry', 'storage', 'components']),
    );
  });
});
