import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePort } from '../../../../infra/local/network/free-port.ts';

const open: Server[] = [];
const occupy = async (port: number): Promise<number> => {
  const server = createServer().listen(port, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return port;
};
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test('what is found free stays free: no system hands it to somebody who does not ask for it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const port = await freePort();
    expect(port).toBeGreaterThanOrEqual(1024);
    // Linux gives 32768 to 60999 to outgoing connections and to `listen(0)`, others 49152 and up.
    expect(port).toBeLessThan(32_768);
    await occupy(port);
  }
});

test('as many in a row as are asked for', async () => {
  const port = await freePort(3);
  await Promise.all([port, port + 1, port + 2].map(occupy));
  expect(open).toHaveLength(3);
});
