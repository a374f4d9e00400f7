import { WebSocket } from 'ws';
import type { LocalSystem } from '../infra/local/system/local-system.ts';

type Frame = Readonly<Record<string, string>>;
export type Device = {
  call(action: string, fields?: object): Promise<Frame & { readonly conversationId: string }>;
  nextPush(): Promise<unknown>;
  close(): void;
};

let frames = 0;

async function connect(system: LocalSystem, userId: string): Promise<Device> {
  const socket = new WebSocket(system.url, ['lapse.v1', await system.token(userId)]);
  const pending = new Map<string, (frame: Awaited<ReturnType<Device['call']>>) => void>();
  let pushed = Promise.withResolvers<unknown>();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    const reply = pending.get(frame.id);
    if (reply === undefined) {
      pushed.resolve(frame);
      pushed = Promise.withResolvers();
      return;
    }
    pending.delete(frame.id);
    reply(frame);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    async call(action, fields = {}) {
      frames += 1;
      const id = `b${frames}`;
      return new Promise((resolve) => {
        pending.set(id, resolve);
        socket.send(JSON.stringify({ action, id, ...fields }));
      });
    },
    nextPush: async () => pushed.promise,
    close: () => socket.terminate(),
  };
}

export async function joinAs(system: LocalSystem, userId: string): Promise<Device> {
  const before = await connect(system, userId);
  await before.call('consent', {
    decision: 'grant',
    policyVersion: '1',
    jurisdiction: 'KR',
    birthDate: '1990-05-17',
  });
  before.close();
  return connect(system, userId);
}
