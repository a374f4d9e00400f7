/** Hands frames on by name and acknowledges them, and does nothing else: with `ws`, or with the `socket.io` of another folder. */
const { createServer } = require('node:http');
const { createRequire } = require('node:module');

const [kind, folder] = process.argv.slice(2);
const load = createRequire(folder);
const http = createServer();
const people = new Map();

function relayWithWs() {
  const { WebSocketServer } = load('ws');
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket, request) => {
    people.set(request.url.slice(1), socket);
    socket.on('message', (data) => {
      const { to, id, text } = JSON.parse(data);
      people.get(to)?.send(JSON.stringify({ type: 'message', text }));
      socket.send(JSON.stringify({ type: 'ack', id }));
    });
  });
}

function relayWithSocketIo() {
  const { Server } = load('socket.io');
  const server = new Server(http, { transports: ['websocket'], serveClient: false });
  server.on('connection', (socket) => {
    people.set(socket.handshake.query.name, socket);
    socket.on('send', ({ to, text }, acknowledge) => {
      people.get(to)?.emit('message', { text });
      acknowledge({ ok: true });
    });
  });
}

if (kind === 'ws') relayWithWs();
else relayWithSocketIo();
http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }));
process.on('disconnect', () => process.exit(0));
