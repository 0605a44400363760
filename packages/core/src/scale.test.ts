import { describe, expect, it } from 'vitest';
import { EMPTY_CLUSTER, observe, play } from '../testing/cluster.ts';
import { sourcesOf } from '../testing/sources.ts';
import { check } from './check/check.ts';
import { type Composing, compose } from './compose/compose.ts';
import type { Sources } from './compose/sources.ts';
import { planPlatform } from './plan/plan-platform.ts';
import { type Compiling, compile } from './revision/compile.ts';

const SMALL = 500;
const LARGE = 2000;
/** Linear work takes LARGE / SMALL = 4 times as long, quadratic work 16 times; the rest is room for noise. */
const LIMIT = 9;

const kept = { seed: '00'.repeat(32), bornAt: 0 };

interface Road {
  readonly sources: Sources;
  readonly composing: Composing;
  readonly compiling: Compiling;
}

function sources(size: number): Sources {
  const names = Array.from({ length: size }, (_, index) => `part-${index}`);
  const entries = names.map((name, index) => {
    const after = [1, 10, 100].map((step) => names[index - step]).filter((base) => base !== undefined);
    return `    ${name}: { namespace: space-${index % 50}, after: [${after.join(', ')}], needs: { base: { capability: cap-${index} } }, settings: { size: ${index} }, values: { a: { b: "\${{ platform.name }}" } } }`;
  });
  return sourcesOf(
    new Map([
      ['platform.yaml', `${head('Platform', 'large')}spec:\n  components:\n    root: {}\n${entries.join('\n')}\n`],
      [
        'sites/dev.yaml',
        `${head('Site', 'dev')}spec: { components: { ${names.map((name) => `${name}: { values: { c: 1 } }`).join(', ')} } }\n`,
      ],
      [
        'components/root/component.yaml',
        component('root', `provides: { ${names.map((_, index) => `cap-${index}: {}`).join(', ')} }`),
      ],
      ...names.flatMap((name): (readonly [string, string])[] => [
        [
          `components/${name}/component.yaml`,
          component(name, 'settings: { size: { schema: { type: integer }, to: [size] } }'),
        ],
        [
          `components/${name}/manifests/a.yaml`,
          ['a', 'b', 'c'].map((suffix) => configMap(`${name}-${suffix}`)).join('---\n'),
        ],
      ]),
    ]),
  );
}

function head(kind: string, name: string): string {
  return `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
}

function component(name: string, more: string): string {
  return `${head('Component', name)}spec: { title: { en: A, ko: 가 }, version: 1.0.0, license: MIT, ${more} }\n`;
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "1" }\n`;
}

function walked(size: number): Road {
  const read = sources(size);
  const composing = compose(read, 'dev');
  if (composing.composition === undefined) throw new TypeError('nothing was composed');
  return { sources: read, composing, compiling: compile(composing.composition, kept) };
}

const small = walked(SMALL);
const large = walked(LARGE);

/** The shortest of three runs: what the machine does besides only makes runs longer. */
function shortest(work: () => unknown): number {
  const runs = [0, 1, 2].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...runs);
}

// A machine that does something else meanwhile proves nothing: the best of three counts.
describe(`${LARGE} components take about ${LARGE / SMALL} times as long as ${SMALL} to`, { retry: 2 }, () => {
  const steps: readonly (readonly [string, (road: Road) => () => unknown])[] = [
    ['compose', (road) => () => compose(road.sources, 'dev')],
    [
      'compile',
      ({ composing }) => {
        const { composition } = composing;
        if (composition === undefined) throw new TypeError('nothing was composed');
        return () => compile(composition, kept);
      },
    ],
    ['check', (road) => () => check(road.sources, road.composing, road.compiling)],
    [
      'plan an install',
      ({ compiling: { revision } }) => {
        const view = observe(EMPTY_CLUSTER, revision);
        return () => planPlatform(revision, view, { deleteData: false });
      },
    ],
    [
      'plan nothing',
      ({ compiling: { revision } }) => {
        const installed = play(
          EMPTY_CLUSTER,
          planPlatform(revision, observe(EMPTY_CLUSTER, revision), { deleteData: false }).plan,
        );
        const view = observe(installed, revision);
        return () => planPlatform(revision, view, { deleteData: false });
      },
    ],
    [
      'plan a removal',
      ({ compiling: { revision } }) => {
        const installed = play(
          EMPTY_CLUSTER,
          planPlatform(revision, observe(EMPTY_CLUSTER, revision), { deleteData: false }).plan,
        );
        const nothing = { ...revision, components: [] };
        const view = observe(installed, nothing);
        return () => planPlatform(nothing, view, { deleteData: false });
      },
    ],
  ];

  it.each(steps)('%s', (_, step) => {
    const [less, more] = [shortest(step(small)), shortest(step(large))];

    // Less than a few milliseconds is noise.
    expect(more / Math.max(less, 5)).toBeLessThan(LIMIT);
  });
});
