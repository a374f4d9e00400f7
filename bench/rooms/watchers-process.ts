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
    await new Promise<void>((resolve) => {
      const isIn = ({ numbers, behind }: Device) => numbers.has(asked.last) || behind >= asked.last;
      onPost = () => {
        if (devices.every(isIn)) resolve();
      };
      onPost();
    });
  if (asked.what === 'fill')
    await inTurns(devices, async (device) => {
      const missing = asked.acked.filter((seq) => !device.numbers.has(seq));
      if (missing.length === 0) return;
      const range = { conversationId: asked.conversationId, after: Math.min(...missing) - 1 };
      const { messages = [] } = await device.call('history', range);
      const read = new Set(messages.map(({ seq }: { seq: number }) => seq));
      filled += missing.filter((seq) => read.has(seq)).length;
      lost += missing.filter((seq) => !read.has(seq)).length;
    });
  if (asked.what === 'close') for (const device of devices) device.close();
  onPost = () => {};
  const sum = (of: (device: Device) => number) => devices.reduce((total, device) => total + of(device), 0);
  return { posts: sum(({ posts }) => posts), twice: sum(({ twice }) => twice), lost, filled };
}

process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (counted) => process.send?.(counted),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
