import { describe, expect, it } from 'vitest';
import { didYouMean, maybeMeant } from './definition.ts';
import { NaruError } from './naru-error.ts';
import { typeIn, typeWordOf } from './type-words.ts';

describe('NaruError', () => {
  it('carries its row, its place and its cause', () => {
    const cause = new Error('socket hang up');
    const place = { file: 'platform.yaml', line: 3, column: 5 };

    const error = new NaruError('CLUSTER_UNREACHABLE', { server: 'https://a', reason: 'refused' }, { cause, place });

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('NaruError');
    expect(error.code).toBe('CLUSTER_UNREACHABLE');
    expect(error.details).toEqual({ server: 'https://a', reason: 'refused' });
    expect(error.message).toBe('no answer from https://a: refused');
    expect(error.messageIn('en')).toBe(error.message);
    expect(error.messageIn('ko')).toBe('https://a 에서 응답이 없습니다: refused');
    expect(error.remedyIn('en')).toMatch(/^Check the kubeconfig/);
    expect(error.remedyIn('ko')).toMatch(/실행하십시오\.$/);
    expect(error.exitCode).toBe(3);
    expect(error.retry).toBe('backoff');
    expect(error.place).toEqual(place);
    expect(error.cause).toBe(cause);
  });

  it('has neither place nor cause unless told', () => {
    const error = new NaruError('FOLDER_MISSING', { folder: 'shop' });

    expect(error.place).toBeUndefined();
    expect('cause' in error).toBe(false);
    expect(error.retry).toBe('never');
    expect(error.exitCode).toBe(2);
  });
});

describe('words', () => {
  it('asks whether another name was meant, in both languages, when there is one', () => {
    expect([didYouMean('web'), didYouMean(undefined)]).toEqual(['; did you mean `web`?', '']);
    expect([maybeMeant('web'), maybeMeant(undefined)]).toEqual(['. 혹시 `web` 입니까?', '']);
  });

  it.each([
    [null, 'nothing', '빈 값'],
    [undefined, 'nothing', '빈 값'],
    [[], 'a list', '목록'],
    [{}, 'a map', '맵'],
    [true, 'true or false', 'true 또는 false'],
    [1.5, 'a number', '숫자'],
    [10n, 'a number', '숫자'],
    ['', 'a string', '문자열'],
  ])('calls %o %s', (value, english, korean) => {
    expect(typeIn('en', typeWordOf(value))).toBe(english);
    expect(typeIn('ko', typeWordOf(value))).toBe(korean);
  });
});
