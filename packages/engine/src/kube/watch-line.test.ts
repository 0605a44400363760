import { expect, it } from 'vitest';
import { parseWatchLine } from './watch-line.ts';

const KIND = { apiVersion: 'v1', kind: 'ConfigMap' };
const metadata = { name: 'a', resourceVersion: '7' };

it.each(['ADDED', 'MODIFIED', 'DELETED'])('reads %s', (type) => {
  const object = { ...KIND, metadata };
  expect(parseWatchLine(JSON.stringify({ type, object }), KIND)).toEqual({ type, object, resourceVersion: '7' });
});

it('calls objects without their body by the kind that was asked for', () => {
  const object = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata };
  expect(parseWatchLine(JSON.stringify({ type: 'ADDED', object }), KIND)).toMatchObject({ object: KIND });
});

it('reads bookmarks, which have no name', () => {
  const bookmark = { type: 'BOOKMARK', object: { ...KIND, metadata: { resourceVersion: '9' } } };
  expect(parseWatchLine(JSON.stringify(bookmark), KIND)).toEqual({ type: 'BOOKMARK', resourceVersion: '9' });
});

it('reads errors with their code', () => {
  const object = { kind: 'Status', code: 410, reason: 'Expired' };
  expect(parseWatchLine(JSON.stringify({ type: 'ERROR', object }), KIND)).toEqual({
    type: 'ERROR',
    code: 410,
    status: object,
  });
  expect(parseWatchLine('{"type":"ERROR"}', KIND)).toEqual({ type: 'ERROR', code: 500, status: {} });
});

it.each([
  '',
  'null',
  '[]',
  '{',
  '<html>',
  '{"type":"ADDED"}',
  '{"type":"ADDED","object":{"metadata":{}}}',
  '{"type":"NEW","object":{}}',
])('takes %j for no event', (line) => {
  expect(parseWatchLine(line, KIND)).toBeUndefined();
});
