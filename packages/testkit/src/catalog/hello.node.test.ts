import { once } from 'node:events';
import { createConnection } from 'node:net';
import { env } from 'node:process';
import { type Manifest, trace } from '@naru/core';
import { afterAll, expect, it } from 'vitest';
import { useControlPlane } from '../control-plane.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { imageReference } from '../images/image-recipe.ts';
import { POSTGRES } from '../images/recipes/postgres.ts';
import { IMAGE_RECIPES } from '../images/recipes.ts';
import { eventually } from '../traces.ts';
import { type DeployedExample, hasCondition, openDeployedExample, type PodRun } from './deployed-example.ts';
import { prepareExample } from './example-platform.ts';

const controlPlane = useControlPlane('node', { images: () => ensureImages(IMAGE_RECIPES, { environment: env }) });

const READY_LIMIT_MS = 120_000;

/** Deployed by the first test that asks: where the level cannot be had, none does. */
let deployed: Promise<DeployedExample> | undefined;
const hello = (): Promise<DeployedExample> => (deployed ??= deploy());
afterAll(async () => (await deployed)?.close());

it('answers over HTTP through its Service, having logged in to PostgreSQL and Valkey', async () => {
  const { address } = await hello();

  const page = await (await fetch(`http://${await address('hello')}/`)).text();

  expect(page).toContain('<h1>Hello from Naru</h1>');
  expect(page).toMatch(/<dd>PostgreSQL 15\.\d+ .*, logged in to hello as hello\s*<\/dd>/);
  expect(page).toMatch(/<dd>Redis 7\.0\.\d+, PING answered with PONG\s*<\/dd>/);
});

it('lets the generated passwords into the database, and nothing else', async () => {
  const { secret } = await hello();
  const password = await secret('postgresql', 'hello-password');

  expect(await psql('right', { user: 'hello', password, sql: 'SELECT current_user' })).toEqual({
    succeeded: true,
    output: 'hello',
  });
  const refused = await psql('wrong', { user: 'hello', password: `${password}x`, sql: 'SELECT 1' });
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain('password authentication failed for user "hello"');
});

it('lets the generated password into the cache, and nothing else', async () => {
  const { secret, address } = await hello();
  const valkey = await address('valkey');
  const password = await secret('valkey', 'password');

  expect(await talk(valkey, 6379, 'PING')).toMatch(/^-NOAUTH/);
  expect(await talk(valkey, 6379, `AUTH ${password}x`)).toMatch(/^-WRONGPASS/);
  expect(await talk(valkey, 6379, `AUTH ${password}`, 'PING')).toBe('+OK +PONG');
});

it('keeps the data when the pod of the database is lost', async () => {
  const { secret, read, remove } = await hello();
  const password = await secret('postgresql', 'hello-password');
  await psql('write', { user: 'hello', password, sql: 'CREATE TABLE kept AS SELECT 42 AS answer' });
  const { uid } = (await read('v1', 'Pod', 'postgresql-0')).metadata;

  await remove('v1', 'Pod', 'postgresql-0');
  const replaced = async (): Promise<boolean> => {
    const pod = await read('v1', 'Pod', 'postgresql-0').catch(() => undefined);
    return pod !== undefined && pod.metadata.uid !== uid && hasCondition(pod, 'Ready');
  };
  await eventually('another pod of the database is ready', replaced, READY_LIMIT_MS);

  const { output } = await psql('read', { user: 'hello', password, sql: 'SELECT answer FROM kept' });
  expect(output).toBe('42');
});

it('makes a database that the list gains later, and leaves the others alone', async () => {
  const { apply, secret, read } = await hello();
  const before = await secret('postgresql', 'hello-password');
  const objects = await manifests(['hello', 'archive']);
  const job = objects.find(({ kind }) => kind === 'Job')?.metadata.name ?? '';

  await apply(objects);
  const made = async (): Promise<boolean> => hasCondition(await read('batch/v1', 'Job', job), 'Complete');
  await eventually('the Job has made the database', made, READY_LIMIT_MS);

  expect(await secret('postgresql', 'hello-password')).toBe(before);
  const password = await secret('postgresql', 'archive-password');
  const foreign = await psql('foreign', { user: 'archive', database: 'hello', password, sql: 'SELECT 1' });
  expect((await psql('own', { user: 'archive', password, sql: 'SELECT current_database()' })).output).toBe('archive');
  expect(foreign.output).toContain('permission denied for database "hello"');
});

async function deploy(): Promise<DeployedExample> {
  const example = await openDeployedExample(controlPlane().kubeconfigPath, 'hello');
  await example.apply(await manifests(['hello']));
  const available = async (): Promise<boolean> =>
    hasCondition(await example.read('apps/v1', 'Deployment', 'hello'), 'Available');
  await eventually('the page is available', available, READY_LIMIT_MS);
  return example;
}

/** What the test site receives when its database server has `databases`; the namespace refuses pods with needless rights. */
async function manifests(databases: readonly string[]): Promise<readonly Manifest[]> {
  const origin = { file: 'test', line: 1, column: 1, layer: 'set' } as const;
  const overrides = new Map([['postgresql', trace({ databases }, () => origin)]]);
  const { revision } = await prepareExample('hello', 'test', overrides);
  const objects = revision.components.flatMap((component) => component.objects.map(({ manifest }) => manifest));
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return objects.map((object) =>
    object.kind === 'Namespace' ? { ...object, metadata: { ...object.metadata, labels } } : object,
  );
}

interface Query {
  readonly user: string;
  readonly password: string;
  readonly sql: string;
  /** The user's own when left out. */
  readonly database?: string;
}

async function psql(name: string, { user, password, sql, database = user }: Query): Promise<PodRun> {
  const { run } = await hello();
  return run(`psql-${name}`, {
    image: imageReference(POSTGRES),
    command: ['psql', '--tuples-only', '--no-align', '--command', sql],
    env: Object.entries({ PGHOST: 'postgresql', PGUSER: user, PGDATABASE: database, PGPASSWORD: password }).map(
      ([variable, value]) => ({ name: variable, value }),
    ),
    securityContext: {
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  });
}

/** Sends lines to a server that answers each with one, and returns the answers. */
async function talk(host: string, port: number, ...lines: readonly string[]): Promise<string> {
  const socket = createConnection({ host, port });
  socket.end(`${lines.join('\r\n')}\r\n`);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  return answer.trim().split('\r\n').join(' ');
}
