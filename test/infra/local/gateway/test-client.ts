import { type ClientOptions, WebSocket } from 'ws';
import { type Queue, queue } from './queue.ts';

export type TestClient = {
  readonly ws: WebSocket;
  readonly frames: Queue<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: unknown): void;
};

export type Dial = ClientOptions & { readonly protocols?: string[] };

function dial(url: string, { protocols = [], ...options }: Dial): TestClient {
  const ws = new WebSocket(url, protocols, options);
  const frames = queue<string>();
  ws.on('message', (data, isBinary) => frames.push(isBinary ? `binary ${String(data)}` : String(data)));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  return {
    ws,
    frames,
    closed,
    send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
  };
}

export async function openClient(url: string, options: Dial = {}): Promise<TestClient> {
  const client = dial(url, options);
  await new Promise((resolve, reject) => {
    client.ws.on('open', resolve);
    client.ws.on('error', reject);
  });
  client.ws.removeAllListeners('error');
  client.ws.on('error', () => undefined);
  return client;
}

/** The HTTP answer to a handshake that is refused. */
export function refusal(url: string, options: Dial = {}): Promise<{ status: number; body: string }> {
  const { ws } = dial(url, options);
  return new Promise((resolve, reject) => {
    ws.on('open', () => {
      ws.terminate();
      reject(new Error('the handshake was accepted'));
    });
    ws.on('error', reject);
    ws.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
}
