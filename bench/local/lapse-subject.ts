import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WebSocket } from 'ws';
import { freePort } from '../../infra/local/network/free-port.ts';
import { openSocket } from './open-socket.ts';
import { socketPair } from './socket-pair.ts';
import { type RunningSubject, type Subject, text } from './subject.ts';

/** Nobody is to be slowed down. */
const configuration = {
  limits: { messagesPerSecond: 10_000, messagesBurst: 10_000 },
  throttling: { ratePerSecond: 10_000, burst: 10_000 },
};

let asked = 0;

function call(socket: WebSocket, frame: object): Promise<{ readonly conversationId: string }> {
  asked += 1;
  const id = `c${asked}`;
  return new Promise((done, failed) => {
    const read = (data: unknown): void => {
      const answer = JSON.parse(String(data));
      if (answer.id !== id) return;
      socket.off('message', read);
      if (answer.type === 'error') failed(new Error(JSON.stringify(answer)));
      else done(answer);
    };
    socket.on('message', read);
    socket.send(JSON.stringify({ ...frame, id }));
  });
}

const consent = {
  action: 'consent',
  decision: 'grant',
  policyVersion: '1',
  jurisdiction: 'KR',
  birthDate: '1990-05-17',
};

/** The local system of a checkout, started as `npm start` does. */
export const lapseSubject = (name: string, checkout: string): Subject => ({
  name,
  async start(): Promise<RunningSubject> {
    const port = await freePort(2);
    const folder = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
    const configFile = join(folder, 'lapse.config.json');
    await writeFile(configFile, JSON.stringify(configuration));
    const node = join(checkout, 'node_modules/node/bin/node');
    const args = ['infra/local/main.ts', '--port', String(port), '--config', configFile];
    const child = spawn(node, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'ignore'] });
    let ready = false;
    for await (const line of createInterface({ input: child.stdout })) {
      ready = line.startsWith('ready ');
      if (ready) break;
    }
    if (!ready) throw new Error(`the local system of ${checkout} did not start`);
    child.stdout.resume();
    const token = async (userId: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/local/token?sub=${userId}&minutes=60`);
      return (await answer.text()).trim();
    };
    const open = async (userId: string) =>
      openSocket(`ws://127.0.0.1:${port}/v1`, ['lapse.v1', await token(userId)]);
    const joinAs = async (userId: string) => {
      const before = await open(userId);
      await call(before, consent);
      before.terminate();
      return open(userId);
    };
    return {
      pid: child.pid ?? 0,
      async pair(index) {
        const alice = await joinAs(`a${index}`);
        const bob = await joinAs(`b${index}`);
        const members = { action: 'open', kind: 'direct', members: [`b${index}`] };
        const { conversationId } = await call(alice, members);
        const content = { type: 'text', text };
        return socketPair(alice, bob, (id) => ({ action: 'send', id, conversationId, content }));
      },
      async connect(index) {
        const socket = await open(`idle${index}`);
        return () => socket.terminate();
      },
      async stop() {
        child.kill('SIGINT');
        if (child.exitCode === null) await once(child, 'exit');
        await rm(folder, { recursive: true });
      },
    };
  },
});
