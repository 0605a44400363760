import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@naru/core';
import type { ApplyEvent } from '../src/apply/event.ts';
import { execute, type ExecuteOptions, type Outcome } from '../src/apply/execute.ts';
import type { KubeClient } from '../src/kube/client.ts';
import { type PlannedDelivery, planDeletion, planDelivery } from '../src/road/plan-delivery.ts';

const QUIET = new AbortController().signal;

/** A component of plain manifests. */
export interface Part {
  readonly manifests: readonly object[];
  readonly after?: readonly string[];
}

/** Writes a platform folder with one site. Written again, it is the same platform with other content. */
export function writePlatform(parent: string, name: string, parts: Readonly<Record<string, Part>>): string {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'sites'), { recursive: true });
  const document = (kind: string, title: string, spec: object): string =>
    JSON.stringify({ apiVersion: 'naru.dev/v1alpha1', kind, metadata: { name: title }, spec });
  const components = Object.entries(parts).map(([part, { manifests, after = [] }]) => {
    writeFileSync(join(folder, `${part}.yaml`), manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
    return [part, { namespace: 'default', manifests: [`${part}.yaml`], after }];
  });
  writeFileSync(
    join(folder, 'platform.yaml'),
    document('Platform', name, { components: Object.fromEntries(components) }),
  );
  writeFileSync(join(folder, 'sites', 'here.yaml'), document('Site', 'here', {}));
  return folder;
}

export async function planFolder(client: KubeClient, folder: string): Promise<PlannedDelivery> {
  const where = { folder, catalogFolder: join(folder, 'no-catalog'), site: undefined };
  return await planDelivery(client, { ...where, overrides: new Map(), deleteData: false }, QUIET);
}

export async function planDelete(client: KubeClient, platform: string): Promise<PlannedDelivery> {
  return await planDeletion(client, platform, { deleteData: true, signal: QUIET });
}

/** Carries out a plan with the options of a test; the events go into `events`. */
export async function carryOut(
  client: KubeClient,
  { plan, stored, kept }: PlannedDelivery,
  { events = [], ...options }: Partial<ExecuteOptions> & { readonly events?: ApplyEvent[] } = {},
): Promise<Outcome> {
  return await execute(plan, {
    client,
    stored,
    kept,
    listener: (event) => void events.push(event),
    signal: QUIET,
    holder: 'test@here:1',
    takeOver: false,
    parallel: 2,
    timeoutSeconds: 20,
    ...options,
  });
}

export async function applyFolder(client: KubeClient, folder: string): Promise<Outcome> {
  return await carryOut(client, await planFolder(client, folder));
}

/** Every step as `action key`. */
export function stepsOf({ installs, removals }: Plan): readonly string[] {
  return [...installs, ...removals].flatMap(({ steps }) => steps.map(({ action, key }) => `${action} ${key}`));
}
