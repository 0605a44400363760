import { naru } from '@naru/testkit';
import { expect, it } from 'vitest';

/** Delivered, delivered again and deleted on an API server of their own; `hello` has tests with controllers and with pods. */
it('examples/webshop is taken as it is, and its secrets are shown nowhere', { timeout: 180_000 }, async () => {
  const { exitCode, stdout, stderr } = await naru(
    ['rehearse', 'examples/webshop', '--site', 'cloud', '--level', 'api'],
    { environment: { PAYMENT_TOKEN: 'a-token-of-the-tests' } },
  );

  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('webshop');
  expect(stdout + stderr).not.toContain('a-token-of-the-tests');
});
