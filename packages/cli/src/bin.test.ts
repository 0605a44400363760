import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, naru, startNaru, useLocalServer, useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const SHOP = ['packages/cli/testdata/platforms/shop', '--site', 'dev'];
const server = useLocalServer();
const scratch = useScratch();

describe('the process', () => {
  it('ends with the code of the command, data on one stream and talk on the other', async () => {
    const [planned, refused] = await Promise.all([
      naru(['plan', ...SHOP, '--offline', '--exit-code', '-o', 'json']),
      naru(['check', ...SHOP, '--lang', 'xx']),
    ]);

    expect(planned).toMatchObject({ exitCode: 10, stderr: 'Compared with an empty cluster; no cluster was asked.\n' });
    expect(JSON.parse(planned.stdout)).toMatchObject({ platform: 'shop' });
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^USAGE_INVALID/) });
  });

  it('takes its language from the locale', async () => {
    const { stdout } = await naru(['check', ...SHOP], { environment: { LC_ALL: 'ko_KR.UTF-8' } });

    expect(stdout).toBe('오류 없음: 컴포넌트 3개, 오브젝트 8개.\n');
  });

  it('checks again when a file is saved, until it is interrupted', async () => {
    const folder = join(scratch.directory, 'watched');
    cpSync('packages/cli/testdata/platforms/shop', folder, { recursive: true });
    const watching = startNaru(['check', folder, '--site', 'dev', '--watch']);
    await eventually('the first check is told', () =>
      Promise.resolve(/watching .* for changes/.test(watching.printed())),
    );
    expect(watching.printed()).toContain('No errors');

    const platform = join(folder, 'platform.yaml');
    writeFileSync(platform, readFileSync(platform, 'utf8').replace('spec:', 'spec:\n  verson: 1.0.0'));
    await eventually('the mistake is found', () => Promise.resolve(watching.printed().includes('FIELD_UNKNOWN')));
    watching.kill('SIGINT');

    expect(await watching.ended).toMatchObject({ exitCode: 130 });
  });

  it('does not mind a reader that has seen enough', () => {
    const command = `"$0" "$1" render examples/hello --site dev | head -c 1; exit "\${PIPESTATUS[0]}"`;

    const { status, stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, BIN], { encoding: 'utf8' });

    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '-', stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s while a cluster is silent', async (signal) => {
    server.answer(() => undefined);
    const running = startNaru(['plan', ...SHOP], { kubeconfig: await scratch.kubeconfig({ server: server.url }) });
    await eventually('the cluster is asked', () => Promise.resolve(server.seen.length > 0));

    running.kill(signal);

    expect(await running.ended).toMatchObject({
      exitCode: 130,
      stdout: '',
      stderr: expect.stringMatching(/^Interrupted\. Continue with `naru plan /),
    });
  });
});
