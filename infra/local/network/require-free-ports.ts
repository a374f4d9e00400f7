import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartupError } from '../process/startup-error.ts';

/** Says that a port is taken before seconds of work are spent; the servers themselves have the last word. */
export async function requireFreePorts(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (error) {
      const reserved = error instanceof Error && 'code' in error && error.code === 'EACCES';
      throw new StartupError(
        `port ${port} is ${reserved ? 'for administrators' : 'in use'}: choose another one, e.g. \`npm start -- --port ${reserved ? 9000 : port + 100}\``,
      );
    }
    server.close();
    await once(server, 'close');
  }
}
