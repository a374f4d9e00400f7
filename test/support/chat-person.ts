import WebSocket from 'ws';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { frameFault } from './frame-fault.ts';

/** Whatever came over the wire: the tests say what it must be. */
export type Frame = any;

/**
 * One device of one person: a raw WebSocket, with nothing of the client library in it. Every frame that comes is held to
 * the protocol's schemas: after one that does not match, nothing is answered any more.
 */
export type Person = {
  readonly userId: string;
  readonly socket: WebSocket;
  /** Every push so far, in the order of arrival. */
  readonly pushes: readonly Frame[];
  call(action: string, fields?: object): Promise<Frame>;
  /** Any text as a frame; resolves to the next frame that answers no call. */
  sendRaw(text: string): void;
  /** Resolves as soon as the pushes are as asked for. */
  until(condition: (pushes: readonly Frame[]) => boolean): Promise<void>;
  closed: Promise<number>;
};

/** Ids are idempotency keys: those of an earlier run would be repeats. */
const run = Date.now().toString(36);
let frames = 0;

/** All that a client needs of a deployment. */
export type ChatEndpoint = Pick<LocalSystem, 'url'> & { token(userId: string): Promise<string> };

export async function connect(system: ChatEndpoint, userId: string, token?: string): Promise<Person> {
  const socket = new WebSocket(system.url, ['lapse.v1', token ?? (await system.token(userId))]);
  const pending = new Map<string, PromiseWithResolvers<Frame> & { readonly action: string }>();
  const waiting = new Set<() => void>();
  const misfit = Promise.withResolvers<never>();
  misfit.promise.catch(() => undefined);
  const pushes: Frame[] = [];
  const closed = new Promise<number>((resolve) =>
    socket.on('close', (code) => {
      for (const each of pending.values()) each.reject(new Error(`socket closed: ${code}`));
      resolve(code);
    }),
  );
  socket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    const reply = pending.get(frame.id);
    const fault = frameFault(frame, reply?.action);
    if (fault !== undefined) misfit.reject(new Error(fault));
    if (reply !== undefined) {
      pending.delete(frame.id);
      reply.resolve(frame);
      return;
    }
    pushes.push(frame);
    for (const check of [...waiting]) check();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    userId,
    socket,
    pushes,
    closed,
    sendRaw: (text) => socket.send(text),
    async call(action, fields = {}) {
      frames += 1;
      const frame = { action, id: `${run}-${frames}`, ...fields };
      const reply = Promise.withResolvers<Frame>();
      pending.set(frame.id, { ...reply, action });
      socket.send(JSON.stringify(frame));
      return Promise.race([misfit.promise, reply.promise]);
    },
    async until(condition) {
      const met = new Promise<void>((resolve) => {
        const check = () => {
          if (!condition(pushes)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
      return Promise.race([misfit.promise, met]);
    },
  };
}

export const grant = { decision: 'grant', policyVersion: '1', jurisdiction: 'KR', birthDate: '1990-05-17' };

/** Somebody who has consented, on a socket opened afterwards. */
export async function join(system: LocalSystem, userId: string): Promise<Person> {
  const before = await connect(system, userId);
  const { state } = await before.call('consent', grant);
  before.socket.close();
  await before.closed;
  if (state !== 'granted') throw new Error(`no consent for ${userId}: ${state}`);
  return connect(system, userId);
}

export const text = (words: string) => ({ type: 'text', text: words });

export async function openDirect(from: Person, to: string): Promise<string> {
  const { conversationId } = await from.call('open', { kind: 'direct', members: [to] });
  return conversationId;
}

/** Everything that can be read of a conversation, page by page. */
export async function wholeHistory(person: Person, conversationId: string): Promise<MessageBody[]> {
  const messages: MessageBody[] = [];
  let after = 0;
  for (;;) {
    const page = await person.call('history', { conversationId, after });
    messages.push(...page.messages);
    if (page.next === undefined) return messages;
    after = page.next;
  }
}

/** The HTTP status with which a handshake is refused. */
export async function refusedHandshake(
  system: Pick<ChatEndpoint, 'url'>,
  protocols: string[],
): Promise<number | undefined> {
  const socket = new WebSocket(system.url, protocols);
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(undefined);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}
