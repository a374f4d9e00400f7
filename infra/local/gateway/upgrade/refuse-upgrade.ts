import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** The HTTP answer to a handshake that fails. */
export function refuseUpgrade(socket: Duplex, status: number, body = ''): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
