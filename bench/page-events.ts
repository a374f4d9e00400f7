import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../infra/local/synthesis/synthesize.ts';
import type { Page } from '../infra/local/web/bundle-page.ts';
import { fakeLapse } from '../test/client/support/fake-lapse.ts';
import { answerSockets } from '../test/client/support/ws-server.ts';
import { startChromium } from '../test/support/chromium.ts';
import type { Tab } from '../test/support/chromium-tab.ts';
import { quantile } from './quantile.ts';

export type PageEvents = {
  /** Another checkout, with its dependencies installed. */
  readonly against: string;
  readonly rounds: number;
  readonly print: (line?: string) => void;
};

const shownBefore = 800;
const conversationId = 'd-alice-bob';

/** As 800 messages in 30 seconds come. */
const paceMs = 37;
const perRound = 27;

/** How long the web page's main thread works for one incoming message while it shows 800, in two builds in turn. */
export async function comparePageEvents({ against, rounds, print }: PageEvents): Promise<void> {
  const browser = await startChromium();
  const visits: Visit[] = [];
  try {
    for (const [name, folder] of [
      ['here', projectRoot],
      ['there', resolve(against)],
    ] as const)
      visits.push(await visit(name, folder, (url) => browser.open(url)));
    for (let round = 0; round < rounds; round += 1) for (const each of visits) await each.receiveOne();
  } finally {
    for (const each of visits) each.close();
    await browser.close();
  }
  print(
    `busy per incoming message from ${shownBefore} shown on, in ms of the processor, ${rounds} rounds of ${perRound}`,
  );
  for (const { name, times } of visits) {
    const [median, slow] = [0.5, 0.9].map((share) => quantile(times, share).toFixed(2));
    print(`${name.padEnd(8)} median ${median}  p90 ${slow}`);
  }
  const [here = Number.NaN, there = Number.NaN] = visits.map(({ times }) => quantile(times, 0.5));
  print(`ratio    ${(here / there).toFixed(3)}`);
}

type Visit = {
  readonly name: string;
  /** Milliseconds of the page's main thread. */
  readonly times: readonly number[];
  receiveOne(): Promise<void>;
  close(): void;
};

async function visit(name: string, folder: string, open: (url: string) => Promise<Tab>): Promise<Visit> {
  const { bundlePage } = await import(pathToFileURL(join(folder, 'infra/local/web/bundle-page.ts')).href);
  const lapse = fakeLapse(Date.now, 604_800);
  lapse.create(conversationId, ['alice', 'bob']);
  const { url, close } = await serve(await bundlePage(), (http) => answerSockets(http, lapse));
  const tab = await open(url);
  await tab.until(`document.activeElement?.id === 'name'`);
  await tab.type('alice');
  await tab.press('Enter');
  await tab.until(`document.querySelector('.item') !== null`);
  await tab.evaluate(`document.querySelector('.item').click()`);
  await tab.until(`document.activeElement?.id === 'text'`);
  const times: number[] = [];
  let count = 0;

  async function receive(messages: number, waitMs = 0): Promise<void> {
    for (let each = 0; each < messages; each += 1) {
      count += 1;
      lapse.post('bob', conversationId, `number ${count}`);
      if (waitMs > 0) await setTimeout(waitMs);
    }
    const last = `document.querySelector('#messages').lastElementChild?.querySelector('.text')?.textContent`;
    await tab.until(`${last} === 'number ${count}'`);
    // Until the browser has drawn it.
    await tab.evaluate(`new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))`);
  }

  await receive(shownBefore);
  return {
    ...{ name, times, close },
    async receiveOne() {
      const before = await tab.busySeconds();
      await receive(perRound, paceMs);
      times.push(((await tab.busySeconds()) - before) * (1000 / perRound));
    },
  };
}

async function serve(
  page: Page,
  answer: (http: ReturnType<typeof createServer>) => void,
): Promise<{ readonly url: string; close(): void }> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = page.get(pathname);
    if (pathname === '/local/token') response.end(`${searchParams.get('sub')}.development.token`);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.contentType }).end(file.body);
  });
  answer(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}
