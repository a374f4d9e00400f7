/** Runs fauxqs (objects and queues) in a process of its own; ends with the parent. Started by storage-server.ts. */
import { parseArgs } from 'node:util';
import { startFauxqs } from 'fauxqs';
import { listenOnSocketOnly } from './socket-only.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, socket: { type: 'string' } } });

// Ctrl-C reaches the whole process group; the parent decides when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

listenOnSocketOnly(values.socket ?? '');
const server = await startFauxqs({
  port: 0,
  logger: false,
  ...(values.data !== undefined && { dataDir: values.data }),
});
process.on('disconnect', () => {
  void server.stop().finally(() => process.exit(0));
});
process.send?.('ready');
