import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WatchEvent } from './client.ts';
import type { KubeObject } from './kube-object.ts';
import { createWatchState } from './watch-state.ts';

function configMap(name: string, uid: string, resourceVersion: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', uid, resourceVersion } };
}

/** What a caller knows who believes every event, and keys by name as callers do. */
function believe(known: Map<string, string>, events: readonly WatchEvent[]): void {
  for (const event of events) {
    if (event.type === 'SYNCED') continue;
    const { name, uid, resourceVersion } = event.object.metadata;
    if (event.type === 'DELETED') known.delete(name);
    else known.set(name, `${uid}@${resourceVersion}`);
  }
}

describe('reconcile', () => {
  it('tells the differences, what is gone first', () => {
    const state = createWatchState();
    const first = [configMap('same', '1', '1'), configMap('changed', '2', '2'), configMap('gone', '3', '3')];
    state.reconcile({ items: [...first, configMap('remade', '4', '4')], resourceVersion: '4' });
    const events = state.reconcile({
      items: [
        configMap('same', '1', '1'),
        configMap('changed', '2', '9'),
        configMap('remade', '5', '8'),
        configMap('new', '6', '7'),
      ],
      resourceVersion: '9',
    });
    expect(
      events.map((event) => (event.type === 'SYNCED' ? '' : `${event.type} ${event.object.metadata.name}`)),
    ).toEqual(['DELETED gone', 'DELETED remade', 'MODIFIED changed', 'ADDED remade', 'ADDED new']);
  });

  it('leaves a caller who believes every event with exactly the last list', () => {
    const version = fc.nat(3).map(String);
    const list = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), version, version), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(fc.array(list, { minLength: 1 }), (lists) => {
        const state = createWatchState();
        const known = new Map<string, string>();
        for (const items of lists) {
          const objects = items.map(([name, uid, resourceVersion]) => configMap(name, uid, resourceVersion));
          believe(known, state.reconcile({ items: objects, resourceVersion: '1' }));
        }
        expect(Object.fromEntries(known)).toEqual(
          Object.fromEntries(
            (lists.at(-1) ?? []).map(([name, uid, resourceVersion]) => [name, `${uid}@${resourceVersion}`]),
          ),
        );
      }),
    );
  });
});

describe('take', () => {
  const line = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject) =>
    ({ type, object, resourceVersion: object.metadata.resourceVersion ?? '' }) as const;

  it('tells each change once', () => {
    const state = createWatchState();
    expect(state.take(line('ADDED', configMap('a', '1', '1')))?.type).toBe('ADDED');
    expect(state.take(line('MODIFIED', configMap('a', '1', '2')))?.type).toBe('MODIFIED');
    expect(state.take(line('MODIFIED', configMap('a', '1', '2')))).toBeUndefined();
    expect(state.take(line('DELETED', configMap('a', '1', '3')))?.type).toBe('DELETED');
    expect(state.take(line('DELETED', configMap('a', '1', '3')))).toBeUndefined();
  });

  it('calls a change of an object ADDED when it is the first that is told of it', () => {
    expect(createWatchState().take(line('MODIFIED', configMap('a', '1', '2')))?.type).toBe('ADDED');
  });
});
