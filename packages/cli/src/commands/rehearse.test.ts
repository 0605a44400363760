import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { naru } from '@naru/testkit';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'naru-rehearse-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A machine with Node and nothing else: no binaries, no Go, and a proxy in the way that nobody serves. */
const BARE = {
  PATH: dirname(execPath),
  NARU_CACHE: scratch,
  KUBEBUILDER_ASSETS: '',
  GOROOT: '',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
};

describe('naru rehearse where no control plane can be had', () => {
  it.each([
    ['en', 'No control plane can be had here, so nothing was rehearsed.', 'to create'],
    ['ko', '여기서는 컨트롤 플레인을 구할 수 없어 예행연습을 하지 못했습니다.', '생성'],
  ])('says so in %s, and shows what would be delivered to an empty cluster', async (language, sentence, created) => {
    const { exitCode, stdout, stderr } = await naru(
      ['rehearse', 'examples/hello', '--site', 'dev', '--lang', language],
      {
        environment: BARE,
      },
    );

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining(sentence) });
    expect(stderr).toContain('BINARY_UNAVAILABLE');
    expect(stdout).toContain('StatefulSet.apps/hello/postgresql');
    expect(stdout).toContain(created);
    expect(stdout).not.toContain('✓');
  });

  it('refuses a Kubernetes version that it does not know', async () => {
    const run = await naru(['rehearse', 'examples/hello', '--site', 'dev', '--kube', '1.7'], { environment: BARE });

    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('KUBERNETES_VERSION_UNKNOWN') });
  });
});
