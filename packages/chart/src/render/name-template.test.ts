import { expect, it } from 'vitest';
import { renderReleaseName } from './name-template.ts';

const WORLD = { random: { bytes: (count: number) => new Uint8Array(count).fill(7) }, now: () => 0 };

it('renders a name with the functions of templates', () => {
  expect(renderReleaseName('web-{{ "PROD" | lower }}', WORLD)).toBe('web-prod');
  expect(renderReleaseName('web-{{ randAlpha 4 | lower }}', WORLD)).toMatch(/^web-[a-z]{4}$/);
});

it.each([
  ['{{ .x', 'template: name-template:1: unclosed action'],
  ['{{ fail "no" }}', 'no'],
])('refuses %s', (template, reason) => {
  expect(() => renderReleaseName(template, WORLD)).toThrow(reason);
});
