import { WebSocket } from 'ws';

export const openSocket = (url: string, protocols: string[] = []): Promise<WebSocket> =>
  new Promise((done, failed) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
    socket.once('open', () => done(socket)).once('error', failed);
  });
