import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { load } from './load-platform.ts';

const write = useFolders();

const PLATFORM = `apiVersion: naru.dev/v1alpha1
kind: Platform
metadata: { name: shop }
spec:
  secrets:
    smtp: { fromEnv: SMTP_PASSWORD }
    empty: { fromEnv: EMPTY }
    unset: { fromEnv: UNSET }
    file: { fromFile: secret/login.json }
    nowhere: { fromFile: secret/none }
    made: { generate: {} }
  components: {}
`;

describe('load', () => {
  it('reads what is given for secrets, and tells later what is not', async () => {
    const folder = write({ 'platform.yaml': PLATFORM, 'secret/login.json': '{}\n' });

    const { secrets } = await load(folder, write({ 'README.md': '' }), undefined, { SMTP_PASSWORD: 'x', EMPTY: '' });

    const given = [...secrets].map(([name, secret]) => {
      const { text, missing } = secret.given ?? {};
      return [name, text, missing && `${missing.code} ${missing.place?.line}:${missing.place?.column}`];
    });
    expect(given).toEqual([
      ['smtp', 'x', undefined],
      ['empty', undefined, 'SECRET_UNSET 7:14'],
      ['unset', undefined, 'SECRET_UNSET 8:14'],
      ['file', '{}\n', undefined],
      ['nowhere', undefined, 'DOCUMENT_UNREADABLE 10:16'],
      ['made', undefined, undefined],
    ]);
  });
});
