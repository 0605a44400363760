import { NaruError, type InventoryEntry, type ObjectKey } from '@naru/core';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { clientWith } from '../../testing/client.ts';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { type PlatformRecord, unpackRecord } from '../record/platform-record.ts';
import { type Ledger, openLedger } from './ledger.ts';

const RECORD: PlatformRecord = {
  platform: 'shop',
  site: 'here',
  version: undefined,
  revision: 'r1',
  kept: { seed: '00'.repeat(32), bornAt: 0 },
  inventory: { entries: new Map(), standsOn: new Map() },
};
const OBJECT = { object: 'Secret naru-system/shop.inventory' };
const away = new NaruError('CLUSTER_BUSY', { server: 'https://test.invalid', reason: '', retryAfterSeconds: 0 });

function entry(name: string): InventoryEntry {
  const key = `ConfigMap/default/${name}` as ObjectKey;
  return { key, apiVersion: 'v1', component: 'web', desiredHash: '', appliedHash: undefined };
}

/** A server with one Secret. Each write meets the next of `faults`: what is thrown before it, or after it was kept. */
class SecretServer {
  kept: KubeObject | undefined;
  readonly writes: (readonly string[])[] = [];
  readonly faults: { readonly before?: NaruError; readonly after?: NaruError }[] = [];
  hold: Promise<void> = Promise.resolve();

  readonly client: KubeClient = clientWith({
    get: () => Promise.resolve(this.kept),
    create: (object) => this.#write(object, undefined),
    update: (object) => this.#write(object, object.metadata.resourceVersion),
  });

  async names(): Promise<readonly string[]> {
    const { data } = this.kept as { data?: { record?: string } };
    const packed = Buffer.from(data?.record ?? '', 'base64').toString('utf8');
    const { inventory } = await unpackRecord('shop', packed);
    return [...inventory.entries.keys()].map((key) => key.split('/')[2] ?? '');
  }

  async #write(object: KubeObject, version: string | undefined): Promise<KubeObject> {
    await this.hold;
    const { before, after } = this.faults.shift() ?? {};
    if (before !== undefined) throw before;
    if (this.kept !== undefined && version === undefined) throw new NaruError('OBJECT_PRESENT', OBJECT);
    if (version !== this.kept?.metadata.resourceVersion) {
      throw new NaruError('OBJECT_CHANGED', { ...OBJECT, reason: 'modified' });
    }
    const resourceVersion = String(Number(version ?? '0') + 1);
    this.kept = { ...object, metadata: { ...object.metadata, resourceVersion } };
    this.writes.push(await this.names());
    if (after !== undefined) throw after;
    return this.kept;
  }
}

function open(server: SecretServer, { onTaken = () => Promise.resolve(), timeoutSeconds = 5 } = {}): Ledger {
  const signal = new AbortController().signal;
  return openLedger(server.client, { record: RECORD, resourceVersion: undefined, signal, timeoutSeconds, onTaken });
}

const add =
  (name: string) =>
  (entries: Map<ObjectKey, InventoryEntry>): void =>
    void entries.set(entry(name).key, entry(name));

describe('a ledger', () => {
  it('writes changes in order, and those that come during a write at once', async () => {
    const server = new SecretServer();
    const ledger = open(server);
    const gate = Promise.withResolvers<void>();
    server.hold = gate.promise;

    const changes = [ledger.change(add('a'))];
    await turn();
    changes.push(ledger.change(add('b')), ledger.change(add('c')));
    gate.resolve();
    await Promise.all(changes);

    expect(server.writes).toEqual([['a'], ['a', 'b', 'c']]);
  });

  it('has written a change when it says so, whoever asked in between', async () => {
    const server = new SecretServer();
    const ledger = open(server);
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`);

    await Promise.all(
      names.map(async (name, index) => {
        for (let left = index % 7; left > 0; left -= 1) await turn();
        await ledger.change(add(name));
        expect(await server.names()).toContain(name);
      }),
    );

    expect((await server.names()).toSorted()).toEqual(names.toSorted());
    expect(server.writes.length).toBeLessThan(names.length);
  });

  it('waits for a server that is away', async () => {
    const server = new SecretServer();
    server.faults.push({ before: away }, { before: away });
    await open(server).change(add('a'));
    expect(await server.names()).toEqual(['a']);
  });

  it('knows its own write again when only the answer was lost', async () => {
    const server = new SecretServer();
    const ledger = open(server);
    server.faults.push({ after: away });
    await ledger.change(add('a'));
    server.faults.push({ after: away });
    await ledger.change(add('b'));
    await ledger.change(add('c'));
    expect(server.writes).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
  });

  it('refuses when somebody else wrote, after it has told so', async () => {
    const server = new SecretServer();
    const onTaken = vi.fn(() => Promise.resolve());
    const ledger = open(server, { onTaken });
    await ledger.change(add('a'));
    const other = openLedger(server.client, {
      record: { ...RECORD, revision: 'r2' },
      resourceVersion: server.kept?.metadata.resourceVersion,
      signal: new AbortController().signal,
      timeoutSeconds: 5,
      onTaken: () => Promise.resolve(),
    });
    await other.change(add('b'));

    await expect(ledger.change(add('c'))).rejects.toMatchObject({ code: 'PLAN_MOVED' });

    expect(onTaken).toHaveBeenCalledOnce();
    expect(await server.names()).toEqual(['b']);
  });

  it('fails those who asked for a write that failed, and carries their change into the next', async () => {
    const server = new SecretServer();
    const ledger = open(server);
    const refusal = new NaruError('OBJECT_MISSING', OBJECT);
    server.faults.push({ before: refusal });
    await expect(ledger.change(add('a'))).rejects.toBe(refusal);
    await ledger.change(add('b'));
    expect(await server.names()).toEqual(['a', 'b']);
  });

  it('changes the graph beside the entries', async () => {
    const server = new SecretServer();
    const ledger = open(server);
    await ledger.change((_, standsOn) => standsOn.set('web', ['db']));
    expect([...ledger.record.inventory.standsOn]).toEqual([['web', ['db']]]);
    expect([...RECORD.inventory.standsOn]).toEqual([]);
  });
});
