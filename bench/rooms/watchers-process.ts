import { waitFor } from '../../client/time/backoff.ts';
import { type Device, inTurns, joinRoom, roomDevice } from './room-device.ts';

/** Connections of some people, in a process of their own: one has no more files open than it may. */
export type Asked =
  | {
      readonly what: 'open';
      readonly url: string;
      readonly tokens: readonly string[];
      readonly more: readonly string[];
    }
  | { readonly what: 'watch'; readonly conversationId: string }
  | { readonly what: 'reached'; readonly last: number }
  | { readonly what: 'count' }
  | { readonly what: 'fill'; readonly conversationId: string; readonly acked: readonly number[] }
  | { readonly what: 'close' };

export type Counted = {
  readonly posts: number;
  readonly twice: number;
  readonly lost: number;
  readonly filled: number;
};

let devices: readonly Device[] = [];
let onPost = () => {};
const posted = () => onPost();

async function answer(asked: Asked): Promise<Counted> {
  let [lost, filled] = [0, 0];
  if (asked.what === 'open') {
    const first = await inTurns(asked.tokens, async (token) => joinRoom(asked.url, token, posted));
    const more = await inTurns(asked.more, async (token) => roomDevice(asked.url, token, posted));
    devices = [...first, ...more];
  }
  if (asked.what === 'watch')
    await inTurns(devices, async (device) => {
      const { lastSeq, error } = await device.call('watch', { conversationId: asked.conversationId });
      if (lastSeq === undefined) throw new Error(`not let in: ${error?.code}`);
    });
  if (asked.what === 'reached')
    await new Promise<void>((resolve, reject) => {
      const isIn = ({ numbers, behind }: Device) => numbers.has(asked.last) || behind >= asked.last;
      onPost = () => {
        const closed = devices.filter(({ isClosed }) => isClosed).length;
        if (closed > 0) reject(new Error(`${closed} connections were closed`));
        else if (devices.every(isIn)) resolve();
      };
      onPost();
    });
  if (asked.what === 'fill')
    await inTurns(devices, async (device) => {
      const missing = asked.acked.filter((seq) => !device.numbers.has(seq));
      if (missing.length === 0) return;
      const read = await readBehind(device, asked.conversationId, Math.min(...missing) - 1);
      filled += missing.filter((seq) => read.has(seq)).length;
      lost += missing.filter((seq) => !read.has(seq)).length;
    });
  if (asked.what === 'close') for (const device of devices) device.close();
  onPost = () => {};
  const sum = (of: (device: Device) => number) => devices.reduce((total, device) => total + of(device), 0);
  return { posts: sum(({ posts }) => posts), twice: sum(({ twice }) => twice), lost, filled };
}

/** Page by page, and again where it was refused for the moment, as clients do. */
async function readBehind(device: Device, conversationId: string, from: number): Promise<Set<number>> {
  const read = new Set<number>();
  for (let after = from, refusals = 0; ; ) {
    const { messages = [], next, error } = await device.call('history', { conversationId, after });
    if (error?.retryable === true && refusals < 20) {
      refusals += 1;
      await new Promise((resolve) => setTimeout(resolve, waitFor(error, refusals, Math.random)));
      continue;
    }
    for (const { seq } of messages) read.add(seq);
    if (next === undefined) return read;
    after = next;
  }
}

process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (counted) => process.send?.(counted),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
