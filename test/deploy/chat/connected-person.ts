import { once } from 'node:events';
import WebSocket from 'ws';
import type { Frame } from '../../support/chat-person.ts';
import type { DeployedChat } from './deployed-chat.ts';

/** Somebody on a socket of MiniStack's: its authorizer and connect functions are run by MiniStack. */
export type ConnectedPerson = {
  readonly socket: WebSocket;
  readonly pushes: readonly Frame[];
  /** The next push that has not been taken yet. */
  next(): Promise<Frame>;
  readonly closed: Promise<unknown>;
};

/** The tokens go in a header by hand: MiniStack selects no sub-protocol, which every client takes for a refusal. */
export async function openSocket(
  { socketUrl, certificate, sockets, issuer }: DeployedChat,
  userId: string,
  minutes = 60,
  protocol = 'Sec-WebSocket-Protocol',
): Promise<ConnectedPerson> {
  const offered = `lapse.v1, ${await issuer.token(userId, minutes)}`;
  const socket = new WebSocket(socketUrl, {
    ca: certificate,
    headers: { [protocol]: offered },
  });
  sockets.add(socket);
  const pushes: Frame[] = [];
  let taken = 0;
  let arrived = Promise.withResolvers<void>();
  socket.on('message', (data) => {
    pushes.push(JSON.parse(String(data)));
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  return {
    socket,
    pushes,
    closed,
    async next() {
      while (pushes.length === taken) await arrived.promise;
      taken += 1;
      return pushes[taken - 1];
    },
  };
}
