import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseYamlDocuments } from '@naru/chart';
import { isRecord } from '@naru/core';
import { type Kubectl, kubectlOn, useControlPlane } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';

const cases = fileURLToPath(new URL('../../../core/testdata/check/', import.meta.url));
/** The codes that say "the API server refuses the object". */
const REFUSED = /^(API_REMOVED|OBJECT_|RESOURCE_INVALID|SELECTOR_MISMATCHED|QUANTITY_INVALID|LIMIT_UNDER_REQUEST)/;
const names = readdirSync(cases).filter((name) => REFUSED.test(name));

const controlPlane = useControlPlane('api');
let kubectl: Kubectl;

beforeAll(async () => {
  kubectl = await kubectlOn(controlPlane());
  for (const args of ['create namespace shop', 'create serviceaccount default -n shop'])
    await kubectl(args.split(' ')).catch(() => undefined);
});

interface Answer {
  readonly object: string;
  readonly refusal: string | undefined;
}

/** What the server says to each object of a file on its own; definitions are made for real, so that their resources are known. */
async function answers(name: string, side: string): Promise<readonly Answer[]> {
  const documents = parseYamlDocuments(readFileSync(`${cases}${name}/${side}.yaml`, 'utf8'), { file: side });
  const said: Answer[] = [];
  for (const { value } of documents) {
    if (!isRecord(value)) continue;
    const isDefinition = value['kind'] === 'CustomResourceDefinition';
    const args = ['apply', '--server-side', '--validate=strict', '-n', 'shop', '-f', '-'];
    const refusal = await kubectl(isDefinition ? args : [...args, '--dry-run=server'], JSON.stringify(value)).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (isDefinition) await kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=20s']);
    said.push({ object: String(value['kind']), refusal });
  }
  return said;
}

/** The examples of a check are not opinions: the server that they speak for agrees. */
describe('an API server', () => {
  it.each(names)('refuses what %s finds, and takes what it lets pass', async (name) => {
    const [fails, passes] = [await answers(name, 'fails'), await answers(name, 'passes')];

    expect(
      fails.filter(({ object, refusal }) => object !== 'CustomResourceDefinition' && refusal === undefined),
    ).toEqual([]);
    expect(fails.some(({ refusal }) => refusal !== undefined)).toBe(true);
    expect(passes.filter(({ refusal }) => refusal !== undefined)).toEqual([]);
  });
});
