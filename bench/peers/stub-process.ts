import { readFileSync } from 'node:fs';
import { createServer, type TLSSocket } from 'node:tls';

// Stands for `@connections`: TLS, HTTP/1.1 kept alive, answers 200 to every request and counts it. It parses by hand, so that it
// costs the machine as little as it can.

const [keyFile = '', certFile = ''] = process.argv.slice(2);
const answer = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n',
);
let paths: string[] = [];
let unsigned = 0;

function serve(socket: TLSSocket): void {
  let buffered: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (;;) {
      const end = buffered.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = buffered.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (buffered.length < end + 4 + length) return;
      buffered = buffered.subarray(end + 4 + length);
      if (!/\r\nauthorization: *AWS4-HMAC-SHA256 /i.test(head)) unsigned += 1;
      paths.push(head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/')));
      socket.write(answer);
    }
  });
}

const identity = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
const server = createServer({ ...identity, ALPNProtocols: ['http/1.1'] }, serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('message', () => {
  process.send?.({ posts: paths.length, distinct: new Set(paths).size, unsigned });
  paths = [];
  unsigned = 0;
});
process.on('disconnect', () => process.exit(0));
