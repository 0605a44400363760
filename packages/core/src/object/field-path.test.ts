import { expect, it } from 'vitest';
import { fieldBelow } from './field-path.ts';

it.each([
  [['spec', 'ports', 0, 'port'], 'spec.ports[0].port'],
  [['data', 'web.yaml'], 'data["web.yaml"]'],
  [['a[0]', 'b'], '["a[0]"].b'],
  [['a', 'b c'], 'a.b c'],
  [[], ''],
])('%j is %s', (steps: readonly (string | number)[], path) => {
  expect(steps.reduce<string>(fieldBelow, '')).toBe(path);
});
