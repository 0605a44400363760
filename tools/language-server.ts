import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** What a language server says about one place of a document; lines and characters count from 0. */
export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** An editor as far as a language server can tell. */
export interface Editor {
  readonly diagnose: (uri: string, text: string) => Promise<readonly Diagnostic[]>;
  /** What is offered at a place of a document that was diagnosed. */
  readonly complete: (uri: string, line: number, character: number) => Promise<readonly string[]>;
  readonly close: () => void;
}

type Message = Readonly<Record<string, unknown>>;

/** Starts the YAML language server that editors use, with schemas by file pattern. */
export async function startEditor(schemas: Readonly<Record<string, string>>): Promise<Editor> {
  const program = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = new Map<unknown, (message: Message) => void>();
  const diagnosed = new Map<string, (found: readonly Diagnostic[]) => void>();
  const send = (message: Message): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const settings = { yaml: { schemas, validate: true, completion: true, schemaStore: { enable: false } } };
  const receive = (message: Message): void => {
    const { method, id, params } = message;
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] };
      diagnosed.get(uri)?.(diagnostics);
    } else if (method === 'workspace/configuration') {
      const { items } = params as { items: readonly { section: string }[] };
      send({ id, result: items.map(({ section }) => (section === 'yaml' ? settings.yaml : null)) });
    } else if (method !== undefined && id !== undefined) send({ id, result: null });
    else answers.get(id)?.(message);
  };
  readMessages(server.stdout, receive);
  let last = 0;
  const ask = (method: string, params: object): Promise<Message> => {
    last += 1;
    const id = last;
    return new Promise((resolve) => {
      answers.set(id, resolve);
      send({ id, method, params });
    });
  };
  await ask('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true } },
  });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings } });
  return {
    diagnose: (uri, text) =>
      new Promise((resolve) => {
        diagnosed.set(uri, resolve);
        send({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
        });
      }),
    complete: async (uri, line, character) => {
      const { result } = await ask('textDocument/completion', { textDocument: { uri }, position: { line, character } });
      return (result as { items: readonly { label: string }[] }).items.map(({ label }) => label);
    },
    close: () => void server.kill(),
  };
}

/** Messages of the base protocol: a header with the length, and JSON. */
function readMessages(stream: NodeJS.ReadableStream, receive: (message: Message) => void): void {
  let held = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const head = held.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(held.subarray(0, Math.max(head, 0)).toString())?.[1] ?? Number.NaN,
      );
      if (head === -1 || Number.isNaN(length) || held.length < head + 4 + length) return;
      const text = held.subarray(head + 4, head + 4 + length).toString();
      held = held.subarray(head + 4 + length);
      receive(JSON.parse(text) as Message);
    }
  });
}
