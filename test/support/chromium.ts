import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { type Tab, tab } from './chromium-tab.ts';

const program = '/usr/bin/chromium';

export const hasChromium = existsSync(program);

export type Browser = {
  /** Each tab is a visitor of its own: no storage is shared, and what needs a permission is refused without it. */
  open(url: string, permissions?: readonly string[]): Promise<Tab>;
  close(): Promise<void>;
};

/** The DevTools protocol, whose answers are as the method says. */
export type Devtools = (method: string, params?: object, sessionId?: string) => Promise<any>;

export async function startChromium(): Promise<Browser> {
  if (!existsSync(program)) throw new Error(`there is no ${program}: apt-get install chromium`);
  const profile = await mkdtemp(join(tmpdir(), 'lapse-chromium-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--lang=en-US',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-extensions',
    // A microphone that beeps, for pages that are let use it.
    '--use-fake-device-for-media-stream',
    // For each window two pages of its own, which cost four times what a tab does.
    '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  ];
  const child = spawn(
    program,
    [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  const exited = once(child, 'exit');
  const socket = new WebSocket(await addressIn(createInterface({ input: child.stderr })));
  await once(socket, 'open');
  child.stderr.resume();
  const listeners = new Map<string, (method: string, params: any) => void>();
  const call = devtools(socket, listeners);
  return {
    async open(url, permissions = []) {
      const { browserContextId } = await call('Target.createBrowserContext');
      if (permissions.length > 0) await call('Browser.grantPermissions', { browserContextId, permissions });
      const { targetId } = await call('Target.createTarget', { url: 'about:blank', browserContextId });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const opened = await tab(
        (method, params) => call(method, params, sessionId),
        (heard) => listeners.set(sessionId, heard),
      );
      await opened.go(url);
      return opened;
    },
    async close() {
      await call('Browser.close');
      await exited;
      socket.terminate();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('Chromium ended before it could be driven');
}

function devtools(
  socket: WebSocket,
  listeners: Map<string, (method: string, params: any) => void>,
): Devtools {
  const pending = new Map<number, PromiseWithResolvers<any>>();
  let last = 0;
  socket.on('message', (data) => {
    const { id, method, params, sessionId, result, error } = JSON.parse(String(data));
    if (id === undefined) {
      listeners.get(sessionId)?.(method, params);
      return;
    }
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error.message));
  });
  return (method, params = {}, sessionId) => {
    last += 1;
    const waiting = Promise.withResolvers<any>();
    pending.set(last, waiting);
    socket.send(JSON.stringify({ id: last, method, params, ...(sessionId !== undefined && { sessionId }) }));
    return waiting.promise;
  };
}
