import WebSocket from 'ws';
import type { ChatEndpoint, Frame } from '../chat-person.ts';

/** A socket that anything is written to. */
export type RawSocket = {
  /** The one reply to this text: no other is under way. Rejects if the socket closes instead. */
  replyTo(text: string): Promise<Frame>;
  close(): void;
};

/** Pushes come by themselves; gateways answer with frames that have no type. */
const isReply = ({ type }: Frame): boolean => type === 'ack' || type === 'error' || type === undefined;

export async function openRaw(system: ChatEndpoint, userId: string): Promise<RawSocket> {
  const socket = new WebSocket(system.url, ['lapse.v1', await system.token(userId)]);
  let waiting: PromiseWithResolvers<Frame> | undefined;
  socket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    if (isReply(frame)) waiting?.resolve(frame);
  });
  socket.on('close', (code) => waiting?.reject(new Error(`closed: ${code}`)));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    async replyTo(text) {
      waiting = Promise.withResolvers<Frame>();
      if (socket.readyState !== WebSocket.OPEN) throw new Error('closed already');
      socket.send(text);
      return waiting.promise;
    },
    close: () => socket.close(),
  };
}
