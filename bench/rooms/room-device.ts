import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Frame } from '../../test/support/chat-person.ts';

/** A device that counts what it gets in a room. */
export type Device = {
  readonly numbers: Set<number>;
  twice: number;
  behind: number;
  posts: number;
  isClosed: boolean;
  call(action: string, fields?: Fields): Promise<Frame>;
  close(): void;
};

/** A frame that is repeated says its `id`. */
type Fields = Readonly<Record<string, unknown>> & { readonly id?: string };

const atOnce = 24;
/** API Gateway ends a connection on which nothing has been said for ten minutes, and a room of 10,000 takes longer to fill. */
const keepAliveMillis = 5 * 60_000;
let frames = 0;

export async function roomDevice(url: string, token: string, onPost: () => void): Promise<Device> {
  const socket = new WebSocket(url, ['lapse.v1', token]);
  const pending = new Map<string, (frame: Frame) => void>();
  const device: Device = {
    numbers: new Set(),
    twice: 0,
    behind: 0,
    posts: 0,
    isClosed: false,
    close: () => socket.terminate(),
    async call(action, fields: Fields = {}) {
      frames += 1;
      const { id = `b${process.pid}-${frames}` } = fields;
      const reply = new Promise<Frame>((resolve) => pending.set(id, resolve));
      socket.send(JSON.stringify({ action, ...fields, id }));
      return reply;
    },
  };
  socket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    const reply = pending.get(frame.id);
    if (reply !== undefined) {
      pending.delete(frame.id);
      reply(frame);
      return;
    }
    if (frame.type === 'behind') device.behind = Math.max(device.behind, frame.lastSeq);
    else if (frame.type !== 'messages') return;
    device.posts += 1;
    for (const { seq } of frame.messages ?? []) {
      if (device.numbers.has(seq)) device.twice += 1;
      device.numbers.add(seq);
    }
    onPost();
  });
  await once(socket, 'open');
  const keepAlive = setInterval(() => void device.call('ping'), keepAliveMillis);
  socket.on('close', () => {
    clearInterval(keepAlive);
    device.isClosed = true;
    onPost();
  });
  return device;
}

/** Of somebody who consents first. */
export async function joinRoom(url: string, token: string, onPost: () => void): Promise<Device> {
  const before = await roomDevice(url, token, onPost);
  const birth = { jurisdiction: 'KR', birthDate: '1990-05-17' };
  await before.call('consent', { decision: 'grant', policyVersion: '1', ...birth });
  before.close();
  return roomDevice(url, token, onPost);
}

export async function inTurns<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: atOnce }, async () => {
    for (const [index, item] of queue) results[index] = await act(item);
  });
  await Promise.all(workers);
  return results;
}
