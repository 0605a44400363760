import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { keyOf } from '../object/object-key.ts';
import { withNamespaceEdges } from './namespace-edges.ts';
import type { RevisionComponent } from './revision.ts';

const namespace = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const config = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: name },
});

function part(name: string, standsOn: readonly string[], ...manifests: readonly Manifest[]): RevisionComponent {
  const objects = manifests.map((manifest) => ({
    key: keyOf(manifest),
    manifest,
    source: undefined,
    hash: '',
    implied: false,
    images: [],
  }));
  return { name, namespace: 'shop', version: undefined, standsOn, objects, notes: '' };
}

const edgesOf = (...parts: readonly RevisionComponent[]): object => Object.fromEntries(withNamespaceEdges(parts));

describe('withNamespaceEdges', () => {
  it('puts a component after the one that declares its namespace', () => {
    expect(edgesOf(part('app', []), part('base', [], namespace('shop')), part('web', ['app'], config('shop')))).toEqual(
      {
        app: [],
        base: [],
        web: ['app', 'base'],
      },
    );
  });

  it('adds nothing for a namespace of its own, or one that nobody declares', () => {
    expect(edgesOf(part('web', [], namespace('shop'), config('shop')), part('other', [], config('elsewhere')))).toEqual(
      {
        web: [],
        other: [],
      },
    );
  });

  it('does not close a circle, neither with what the platform asks for nor with its own edges', () => {
    const asked = [part('base', ['web'], namespace('shop')), part('web', [], config('shop'))];
    const own = [part('a', [], namespace('one'), config('two')), part('b', [], namespace('two'), config('one'))];

    expect(edgesOf(...asked)).toEqual({ base: ['web'], web: [] });
    expect(edgesOf(...own)).toEqual({ a: ['b'], b: [] });
  });
});
