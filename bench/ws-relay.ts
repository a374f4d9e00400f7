import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/**
 * The baseline: a server that does nothing but hand a frame on to the other socket and echo it, with a round trip of
 * one frame at a time. Resolves to the milliseconds of each.
 */
export async function relayRoundTrips(count: number): Promise<number[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      for (const client of server.clients) client.send(data.toString());
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((resolve) => socket.once('open', resolve));
  const times: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const startedAt = performance.now();
    const echoed = new Promise((resolve) => socket.once('message', resolve));
    socket.send('x'.repeat(256));
    await echoed;
    times.push(performance.now() - startedAt);
  }
  socket.terminate();
  server.close();
  return times;
}
