import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { openSocket } from './open-socket.ts';
import { socketPair } from './socket-pair.ts';
import { type Pair, type RunningSubject, type Subject, text } from './subject.ts';

type Relay = { readonly pid: number; readonly port: number; stop(): Promise<void> };

async function startRelay(kind: 'ws' | 'socket.io', folder: string): Promise<Relay> {
  const program = join(import.meta.dirname, 'relay-process.cjs');
  const child = fork(program, [kind, join(folder, 'package.json')], { execArgv: [] });
  const [{ port }] = await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

export const wsRelay: Subject = {
  name: 'ws relay',
  async start(): Promise<RunningSubject> {
    const { pid, port, stop } = await startRelay('ws', projectRoot);
    const open = (name: string) => openSocket(`ws://127.0.0.1:${port}/${name}`);
    return {
      pid,
      stop,
      async pair(index) {
        const [alice, bob] = await Promise.all([open(`a${index}`), open(`b${index}`)]);
        return socketPair(alice, bob, (id) => ({ to: `b${index}`, id, text }));
      },
      async connect(index) {
        const socket = await open(`idle${index}`);
        return () => socket.terminate();
      },
    };
  },
};

/** What is used of socket.io's client. */
type IoSocket = {
  once(event: string, listener: (...args: unknown[]) => void): IoSocket;
  emit(event: string, ...args: unknown[]): IoSocket;
  disconnect(): void;
};
type IoClient = { io(url: string, options: object): IoSocket };

/** The socket.io that is installed in a folder. */
export const socketIoRelay = (folder: string): Subject => ({
  name: 'socket.io',
  async start(): Promise<RunningSubject> {
    const { pid, port, stop } = await startRelay('socket.io', resolve(folder));
    const { io }: IoClient = createRequire(join(resolve(folder), 'package.json'))('socket.io-client');
    const open = (name: string) =>
      new Promise<IoSocket>((done, failed) => {
        const options = { transports: ['websocket'], query: { name }, forceNew: true };
        const socket = io(`http://127.0.0.1:${port}`, options);
        socket.once('connect', () => done(socket)).once('connect_error', failed);
      });
    return {
      pid,
      stop,
      async pair(index): Promise<Pair> {
        const [alice, bob] = await Promise.all([open(`a${index}`), open(`b${index}`)]);
        return {
          async say() {
            const delivered = new Promise((done) => bob.once('message', done));
            await new Promise((done) => alice.emit('send', { to: `b${index}`, text }, done));
            await delivered;
          },
          close: () => {
            for (const socket of [alice, bob]) socket.disconnect();
          },
        };
      },
      async connect(index) {
        const socket = await open(`idle${index}`);
        return () => socket.disconnect();
      },
    };
  },
});
