import { runCaptured, useLocalServer, useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const SHOP = ['packages/cli/testdata/platforms/shop', '--site', 'dev'];
const server = useLocalServer();
const scratch = useScratch();

describe('an interrupt', () => {
  const commands = [
    ['plan', ...SHOP],
    ['apply', ...SHOP],
    ['status'],
    ['delete', 'shop', '--yes'],
    ['rehearse', ...SHOP],
  ];

  it.each(commands)('before the start of naru %s ends it with 130 and says how to go on', async (...words) => {
    const interrupt = AbortSignal.abort(new DOMException('interrupted', 'AbortError'));
    const kubeconfig = await scratch.kubeconfig({ server: server.url });

    const english = await runCaptured(words, { interrupt, environment: { KUBECONFIG: kubeconfig } });
    const korean = await runCaptured([...words, '--lang', 'ko'], {
      interrupt,
      environment: { KUBECONFIG: kubeconfig },
    });

    expect(english).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: `Interrupted. Continue with \`naru ${words.join(' ')}\`.\n`,
    });
    expect(korean).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: `중단했습니다. \`naru ${words.join(' ')} --lang ko\` 로 이어서 진행하십시오.\n`,
    });
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each(commands.slice(0, 4))('ends naru %s while a cluster is silent', async (...words) => {
    const interrupt = new AbortController();
    server.answer(() => interrupt.abort(new DOMException('interrupted', 'AbortError')));
    const environment = { KUBECONFIG: await scratch.kubeconfig({ server: server.url }) };

    const { exitCode, stderr } = await runCaptured(words, { interrupt: interrupt.signal, environment });

    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: expect.stringMatching(/^Interrupted\./) });
  });

  it('quotes the command as a shell takes it', async () => {
    const interrupt = AbortSignal.abort(new DOMException('interrupted', 'AbortError'));
    const environment = { KUBECONFIG: await scratch.kubeconfig({ server: server.url }) };

    const { stderr } = await runCaptured(['plan', ...SHOP, '--set', `web.greeting=it's two`], {
      interrupt,
      environment,
    });

    expect(stderr).toContain(String.raw`--set 'web.greeting=it'\''s two'`);
  });
});

it('throws a bug on, with its stack', async () => {
  const bug = new TypeError('a bug');
  const print = (): void => {
    throw bug;
  };

  await expect(runCaptured(['check', ...SHOP], { print })).rejects.toBe(bug);
});

it('prints its version', async () => {
  expect(await runCaptured(['--version'])).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});
