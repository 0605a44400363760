import { refusal, runCaptured, useLocalServer, useScratch } from '@naru/testkit';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'packages/cli/testdata/platforms/shop';
const scratch = useScratch();
const server = useLocalServer();

/** Every command that needs a cluster, before it writes anything. */
const COMMANDS: readonly (readonly string[])[] = [
  ['plan', FOLDER, '--site', 'dev'],
  ['apply', FOLDER, '--site', 'dev'],
  ['status'],
  ['status', 'shop', '-o', 'json'],
  ['delete', 'shop', '--yes'],
];

interface Refused {
  readonly kubeconfig: () => Promise<string>;
  readonly flags?: readonly string[];
  readonly code: string;
  readonly exitCode: 2 | 3;
}

const good = (): Promise<string> => scratch.kubeconfig({ server: server.url });

const CASES: Readonly<Record<string, Refused>> = {
  'no kubeconfig': {
    kubeconfig: () => Promise.resolve(join(scratch.directory, 'none')),
    code: 'KUBECONFIG_UNREADABLE',
    exitCode: 2,
  },
  'kubeconfig that is no YAML': {
    kubeconfig: () => scratch.write('broken', 'clusters: [\n'),
    code: 'KUBECONFIG_MALFORMED',
    exitCode: 2,
  },
  'kubeconfig of another shape': {
    kubeconfig: () => scratch.write('shape', 'clusters: 5\n'),
    code: 'KUBECONFIG_MALFORMED',
    exitCode: 2,
  },
  'unknown context': { kubeconfig: good, flags: ['--context', 'tets'], code: 'CONTEXT_UNKNOWN', exitCode: 2 },
  'closed port': {
    kubeconfig: () => scratch.kubeconfig({ server: 'http://127.0.0.1:1' }),
    code: 'CLUSTER_UNREACHABLE',
    exitCode: 3,
  },
  'a server that forbids': { kubeconfig: good, code: 'REQUEST_FORBIDDEN', exitCode: 3 },
};

const FORBIDDEN =
  'secrets is forbidden: User "eve" cannot list resource "secrets" in API group "" in the namespace "naru-system"';

it.each(Object.entries(CASES))(
  '%s ends every command in both languages, and nothing is written',
  async (_, refused) => {
    const { kubeconfig, flags = [], code, exitCode } = refused;
    server.answer(refusal(403, { reason: 'Forbidden', message: FORBIDDEN }));
    const more = [...flags, '--kubeconfig', await kubeconfig()];

    // A connection that is refused is tried again for a while: all of them at the same time.
    await Promise.all(
      COMMANDS.map(async (words) => {
        const [english, korean] = await Promise.all([
          runCaptured([...words, ...more]),
          runCaptured([...words, ...more], { environment: { LANG: 'ko_KR.UTF-8' } }),
        ]);

        expect({ code: english.stderr.split(' ')[0], exitCode: english.exitCode }).toEqual({ code, exitCode });
        expect(english.stderr).toMatch(/^ {2}fix \S/m);
        expect(english.stdout).toBe('');
        expect(korean.exitCode).toBe(exitCode);
        expect(korean.stderr).toMatch(new RegExp(`^${code} {2}.*[가-힣]`));
        expect(korean.stderr).toMatch(/^ {2}조치 .*[가-힣]/m);
      }),
    );
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  },
);

it('names the places where a kubeconfig was looked for', async () => {
  const { exitCode, stderr } = await runCaptured(['status'], { environment: { HOME: scratch.directory } });

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^KUBECONFIG_MISSING {2}.*\.kube\/config/);
});
