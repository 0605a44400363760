import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findHelm } from './find-helm.ts';
import { helmArguments, renderOurs } from './render-case.ts';
import type { CaseOptions } from './render-case.ts';
import { runHelm } from './run-helm.ts';

const CASES: Readonly<Record<string, CaseOptions>> = {
  defaults: {},
  ingress: { set: ['ingress.enabled=true', 'ingress.className=nginx', 'ingress.tls[0].secretName=tls'] },
  autoscaling: { set: ['autoscaling.enabled=true', 'autoscaling.targetMemoryUtilizationPercentage=70'] },
  httpRoute: { set: ['httpRoute.enabled=true'] },
  'no service account': { set: ['serviceAccount.create=false'] },
  'long names': {
    release: 'a-release-with-a-name-that-is-quite-long',
    set: ['nameOverride=another-name-that-is-long'],
  },
  overrides: { set: ['image.tag=1.2.3', 'replicaCount=5', 'podAnnotations.a=b'], setString: ['podLabels.n=1'] },
  resources: { setJson: ['resources={"limits":{"cpu":"100m","memory":"128Mi"}}', 'tolerations=[{"key":"x"}]'] },
  'no tests': { skipTests: true },
  'one template': { showOnly: ['templates/service.yaml'] },
  'other cluster': { kubeVersion: 'v1.28.3', namespace: 'elsewhere', isUpgrade: true },
  'a missing template': { showOnly: ['templates/nothing.yaml'] },
};

const helm = findHelm(process.env);
const folder = mkdtempSync(join(tmpdir(), 'naru-helm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (helm === undefined) {
  describe('against the real Helm', () => {
    it('renders what it renders', (context) => context.skip('no Helm 4.3 in NARU_HELM, the cache folder or the PATH'));
  });
} else {
  describe('against the real Helm, the chart of `helm create`', () => {
    execFileSync(helm, ['create', 'demo'], { cwd: folder, stdio: 'ignore' });
    const chart = join(folder, 'demo');

    it.each(Object.entries(CASES))('%s', (_, options) => {
      expect(renderOurs(chart, [], options)).toBe(runHelm(helm, helmArguments(chart, [], options)));
    });
  });
}
