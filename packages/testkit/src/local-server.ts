import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

export interface LocalServer {
  readonly url: string;
  /** Every request since the test began. */
  readonly seen: readonly SeenRequest[];
  /** How the server answers until the end of the test; without it everything is 404. */
  answer(answer: Answer): void;
  /** One answer for each request, in this order; the last one stays. */
  answerInTurn(...answers: Answer[]): void;
}

/**
 * An HTTP server on loopback that misbehaves as a test wants it to: for faults that a real API server cannot be talked into.
 * With `tls` it speaks HTTPS.
 */
export function useLocalServer(tls?: ServerOptions): LocalServer {
  const seen: SeenRequest[] = [];
  const lost: Answer = (_, response) => void response.writeHead(404).end();
  let answer = lost;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void read(request).then(async (one) => {
      seen.push(one);
      await answer(one, response);
    });
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    seen.length = 0;
    answer = lost;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get url() {
      return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    seen,
    answer: (next) => (answer = next),
    answerInTurn: (...answers) => {
      answer = (request, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
    },
  };
}

/** Answers with a JSON document. */
export function json(body: unknown, code = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** Answers with the `Status` that an API server refuses with. */
export function refusal(code: number, status: Readonly<Record<string, unknown>> = {}, headers = {}): Answer {
  return json({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...status }, code, headers);
}

/** Answers with the files of a folder, as any web server does. */
export function filesIn(folder: string): Answer {
  return ({ path }, response) => {
    const file = join(folder, decodeURIComponent(path));
    if (existsSync(file)) response.writeHead(200).end(readFileSync(file));
    else response.writeHead(404).end();
  };
}

/** Breaks the connection instead of answering. */
export const hangUp: Answer = (_, response) => void response.socket?.destroy();

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(request.url ?? '/', 'http://local');
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  const { method = '', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body };
}
