import type { Push } from '../protocol/table.ts';
import type { Message } from '../stores/messages/message.ts';

/** API Gateway cuts a frame at 32 KB. */
const frameBytes = 30_000;

/** The messages in as few frames as hold them; one that is larger has a frame to itself. */
export function packFrames(messages: readonly Message[]): readonly Push<'messages'>[] {
  const frames: Message[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1;
    if (bytes + size > frameBytes) {
      frames.push([]);
      bytes = 0;
    }
    frames.at(-1)?.push(message);
    bytes += size;
  }
  return frames.map((each) => ({ type: 'messages', messages: each }));
}
