import { type Action, NAMESPACES, type Plan, type Reason, type Step } from '@naru/core';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { messagesIn } from '../language/translations.ts';
import { PlanOutput } from './output.ts';
import { paintFor } from './paint.ts';
import { planJson, planText } from './plan-text.ts';

const SECRET = 'planted-secret';

function step(action: Action, key: string, more: Partial<Omit<Step, 'key'>> = {}): Step {
  const reasons: Record<Action, Reason> = {
    create: 'missing',
    update: 'changed',
    keep: 'unchanged',
    delete: 'removed',
    retain: 'data',
  };
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, stringData: { password: SECRET } };
  const unsaid = { risks: [], changes: [], manifest, uid: 'u', desiredHash: 'h', apiVersion: 'v1', component: 'web' };
  return { action, key: key as Step['key'], reason: reasons[action], ...unsaid, ...more };
}

const PLAN: Plan = {
  platform: 'shop',
  version: '1.0.0',
  site: 'dev',
  revision: 'sha256:1',
  installs: [
    { component: NAMESPACES, after: [], steps: [step('create', 'Namespace//shop')] },
    {
      component: 'web',
      after: [NAMESPACES],
      steps: [
        step('keep', 'Service/shop/web'),
        step('update', 'Deployment.apps/shop/web', {
          reason: 'drifted',
          risks: ['restarts-pods'],
          changes: [
            { path: 'spec.replicas', before: 3, after: 1 },
            { path: 'spec.template.metadata.annotations["checksum/config"]', before: 'a1', after: 'b2' },
          ],
        }),
        step('update', 'ConfigMap/shop/web', {
          changes: [{ path: 'data["web.conf"]', before: 'a = 1\nb = 2\n', after: 'a = 1\nb = 3\n' }],
        }),
      ],
    },
    { component: 'quiet', after: [], steps: [step('keep', 'ConfigMap/shop/quiet', { component: 'quiet' })] },
  ],
  removals: [
    {
      component: 'old',
      after: [],
      steps: [
        step('delete', 'Deployment.apps/shop/old', { component: 'old' }),
        step('retain', 'PersistentVolumeClaim/shop/data-old-0', { component: 'old', risks: ['loses-data'] }),
      ],
    },
  ],
};

function contextIn(language: 'en' | 'ko'): Context {
  const io = {
    environment: {},
    print: () => undefined,
    tell: () => undefined,
    isTerminal: false,
    columns: 80,
    rows: 24,
    hasColor: false,
    interrupt: new AbortController().signal,
    catalogFolder: 'catalog',
    ask: undefined,
    readInput: async () => '',
    holder: 'tester',
  };
  return { io, language, messages: messagesIn(language), paint: paintFor(false), typed: 'naru plan' };
}

describe('a plan as text', () => {
  it.each(['en', 'ko'] as const)('in %s', async (language) => {
    await expect(planText(PLAN, contextIn(language))).toMatchFileSnapshot(
      `../../testdata/plan-text/every-action.${language}.txt`,
    );
  });

  it.each(['en', 'ko'] as const)('begins every key at the same cell in %s', (language) => {
    const lines = planText(PLAN, contextIn(language)).split('\n');
    const columns = lines.flatMap((line) => {
      const at = line.search(/[A-Z][A-Za-z.]+\/\S*\/\S/);
      return at === -1 ? [] : [stringWidth(line.slice(0, at))];
    });

    expect(columns.length).toBe(5);
    expect(new Set(columns).size).toBe(1);
  });

  it.each(['en', 'ko'] as const)('says in %s that there is nothing to do', (language) => {
    const idle = { ...PLAN, version: undefined, installs: PLAN.installs.slice(2), removals: [] };
    const context = contextIn(language);

    expect(planText(idle, context)).toBe(
      `${context.messages.planHead('shop', undefined, 'dev')}\n\n${context.messages.planNothing}\n`,
    );
  });

  it('keeps a name of several lines on one', () => {
    const hostile = {
      ...PLAN,
      installs: [{ component: 'a\nb', after: [], steps: [step('create', 'Pod/x/y\n+ z\u001B[A')] }],
    };

    expect(planText(hostile, contextIn('en'))).toContain('\na b\n  + create  Pod/x/y + z[A\n');
  });
});

describe('a plan as data', () => {
  it('has the published form, in the order in which it is carried out, and no manifests', () => {
    const data = planJson(PLAN);

    expect(PlanOutput.parse(data)).toEqual(data);
    expect(data.steps.map(({ key }) => key)).toEqual([
      'Namespace//shop',
      'Service/shop/web',
      'Deployment.apps/shop/web',
      'ConfigMap/shop/web',
      'ConfigMap/shop/quiet',
      'Deployment.apps/shop/old',
      'PersistentVolumeClaim/shop/data-old-0',
    ]);
    expect(data.summary).toEqual({ create: 1, update: 2, keep: 2, delete: 1, retain: 1 });
    expect(JSON.stringify(data)).not.toContain(SECRET);
  });

  it('says nothing of a version that there is not', () => {
    expect(planJson({ ...PLAN, version: undefined })).not.toHaveProperty('version');
  });
});
