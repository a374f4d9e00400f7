import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'cut'
  | 'cut in the answer'
  | 'silence';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly target: string | undefined;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

export type AnsweringServer = {
  readonly url: string;
  /** What is answered next, in this order; then `{}` with 200. */
  answer(...answers: readonly Answer[]): void;
  /** What was asked since then. */
  asked(): readonly Asked[];
  close(): Promise<void>;
};

/** Stands for a service of AWS that answers as a test says. */
export async function answeringServer(): Promise<AnsweringServer> {
  let answers: Answer[] = [];
  let asked: Asked[] = [];
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(...given) {
      answers = [...given];
      asked = [];
    },
    asked: () => asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = (await buffer(request)).toString();
    const target = headers['x-amz-target'] as string | undefined;
    asked.push({ method, path: url, target, body, headers });
    const answer = answers.shift() ?? { status: 200, body: '{}' };
    if (answer === 'silence') return;
    if (answer === 'cut') return void request.socket.destroy();
    if (answer === 'cut in the answer') {
      response.writeHead(200, { 'content-length': '100' }).write('{', () => request.socket.destroy());
      return;
    }
    const type = { 'content-type': 'application/x-amz-json-1.0' };
    response.writeHead(answer.status, { ...type, ...answer.headers }).end(answer.body ?? '');
  }
}
