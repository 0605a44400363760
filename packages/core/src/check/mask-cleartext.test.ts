import { expect, it } from 'vitest';
import { maskCleartext, maskCleartextIn } from './mask-cleartext.ts';

it('masks texts under names of secrets, however deep', () => {
  const values = {
    password: 'planted',
    auth: { 'client-secret': 'planted', users: [{ name: 'ann', password: 'planted' }] },
    replicas: 2,
    none: null,
  };

  expect(maskCleartextIn(values)).toEqual({
    password: '(hidden)',
    auth: { 'client-secret': '(hidden)', users: [{ name: 'ann', password: '(hidden)' }] },
    replicas: 2,
    none: null,
  });
});

it('leaves names of Secrets, references and what is no text alone', () => {
  const values = {
    existingSecret: 'db-login',
    passwordKey: 'password',
    token: '$(TOKEN)',
    password: '',
    tokens: ['a'],
  };

  expect(maskCleartextIn(values)).toEqual(values);
  expect(maskCleartext('password', 5)).toBe(5);
});
