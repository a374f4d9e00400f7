import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';
import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { connect, grant, join as joinAs, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import type { Tab } from '../../support/chromium-tab.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { run } from '../lapse-client/packed.ts';
import { type InstalledApp, installedApp } from './installed-app.ts';
import { staticFiles } from './static-files.ts';

const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
const rows = `[...document.querySelectorAll('#messages li')]`;
const texts = `${rows}.map((each) => each.textContent)`;
const shows = (words: string) => `${texts}.includes(${JSON.stringify(words)})`;
const said = (id: string) => `document.querySelector('#${id}')?.textContent`;

inBrowser.each(['18', '19'] as const)('an app with React %s', (version) => {
  let app: InstalledApp;
  let system: LocalSystem;
  let browser: Browser;
  let files: Awaited<ReturnType<typeof staticFiles>>;

  beforeAll(async () => {
    app = installedApp(version);
    // As it is while one develops: React then mounts all effects twice.
    app.run('vite/bin/vite.js', 'build', '--mode', 'development', '--logLevel', 'warn', '--minify', 'false');
    files = await staticFiles(join(app.folder, 'dist'));
    system = await startTestSystem({ localToken: true });
    browser = await startChromium();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
    files?.close();
    app?.remove();
  });

  const address = (page: string, user: string, to: string) => {
    const token = new URL('/local/token', system.webUrl).href;
    return `${files.url}/${page}?${new URLSearchParams({ url: system.url, token, user, to })}`;
  };

  async function agreed(user: string): Promise<void> {
    const person = await connect(system, user);
    await person.call('consent', grant);
    person.socket.close();
  }

  /** Somebody at the app, and somebody else with whom they have written so much before. */
  async function atChat(
    name: string,
    before: number,
  ): Promise<{ tab: Tab; bob: Person; conversationId: string }> {
    const [alice, other] = [`alice-${name}-${version}`, `bob-${name}-${version}`];
    await agreed(alice);
    const bob = await joinAs(system, other);
    const conversationId = await openDirect(bob, alice);
    for (let index = 1; index <= before; index += 1)
      await bob.call('send', { conversationId, content: text(`earlier ${index}`) });
    const tab = await browser.open(address('index.html', alice, other));
    await tab.until(`${said('state')} === 'online' && document.querySelector('#messages') !== null`);
    return { tab, bob, conversationId };
  }

  test('type-checks under strict settings', () => {
    expect(run(app.folder, compiler, '--project', '.')).toBe('');
  });

  test('shows what there was, what comes and what is written, and renders no other row for it', async () => {
    const { tab, bob, conversationId } = await atChat('write', 3);
    await tab.until(shows('earlier 3'));
    await tab.tabTo('text');
    await tab.type('from the app');
    await bob.until((pushes) => pushes.some(({ type }) => type === 'typing'));
    await tab.press('Enter');
    await tab.until(shows('from the app'));
    const commits = `${rows}.map((each) => each.dataset.commits)`;
    const before = await tab.evaluate(commits);
    await bob.call('send', { conversationId, content: text('an answer') });
    await tab.until(shows('an answer'));
    expect(await tab.evaluate(`${commits}.slice(0, 4)`)).toEqual(before);
    // One message changes, and its row alone.
    await bob.call('react', { conversationId, seq: 2, emoji: '👍', on: true });
    await tab.until(shows('earlier 2👍'));
    const after = await tab.evaluate(commits);
    expect(after.filter((each: string, index: number) => each !== before[index]).length).toBe(2);
    await bob.call('erase', { scope: 'message', conversationId, seq: 1 });
    await tab.until(`!${shows('earlier 1')}`);
    expect(tab.complaints).toEqual([]);
  });

  test('goes back page by page, asking once for each though React mounts it twice', async () => {
    const { tab } = await atChat('pages', 130);
    await tab.until(shows('earlier 130'));
    expect(await tab.evaluate('asked.loadOlder')).toBe(1);
    for (let page = 0; page < 3 && !(await tab.evaluate(shows('earlier 1'))); page += 1) {
      const count = await tab.evaluate(`${rows}.length`);
      await tab.evaluate(`document.querySelector('#older').click()`);
      await tab.until(`${rows}.length > ${count}`);
    }
    expect(await tab.evaluate(texts)).toEqual(
      Array.from({ length: 130 }, (_, index) => `earlier ${index + 1}`),
    );
    await tab.until(`document.querySelector('#older').disabled`);
  });

  test('says who writes and who is there, and what is taken away listens no longer', async () => {
    const { tab, bob, conversationId } = await atChat('there', 1);
    await tab.until(`${said('presence')} === 'online'`);
    await bob.call('typing', { conversationId });
    await tab.until(`${said('typing')} === ${JSON.stringify(bob.userId)}`);
    await bob.call('send', { conversationId, content: text('written') });
    await tab.until(`${shows('written')} && ${said('typing')} === ''`);
    const toggle = async (shown: boolean) => {
      await tab.evaluate(`document.querySelector('#toggle').click()`);
      await tab.until(`(document.querySelector('#messages') !== null) === ${shown}`);
    };
    const listening = async (): Promise<number> => tab.evaluate('listening.now');
    const before = await listening();
    await toggle(false);
    const without = await listening();
    expect(without).toBeLessThan(before);
    for (let round = 0; round < 3; round += 1) {
      await toggle(true);
      await toggle(false);
    }
    expect(await listening()).toBe(without);
    expect(without).toBe(2);
    // For mounting twice, once; and once for each time that it was taken away or shown.
    expect(await tab.evaluate('asked.watchPresence')).toBe(8);
    await toggle(true);
    expect(await listening()).toBe(before);
    bob.socket.close();
    await tab.until(`${said('presence')} === 'away'`);
  });

  test('sends a picture, and keeps what is refused until it is discarded', async () => {
    const { tab, bob } = await atChat('picture', 1);
    await tab.evaluate(`document.querySelector('#picture').click()`);
    await tab.until(`${shows('image')} && document.querySelectorAll('#uploads li').length === 0`);
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.type === 'image'));
    await tab.evaluate(`document.querySelector('#long').click()`);
    const failed = `document.querySelector('#pending li')?.textContent.startsWith('failed 40000') === true`;
    await tab.until(failed);
    await tab.evaluate(`document.querySelector('.retry').click()`);
    await tab.until(failed);
    await tab.evaluate(`document.querySelector('.discard').click()`);
    await tab.until(`document.querySelector('#pending li') === null`);
  });

  test('what has failed is sent once when it is tried again, and then no longer pending', async () => {
    const { tab, bob } = await atChat('again', 1);
    await tab.evaluate('faults.refusesNext = true');
    await tab.tabTo('text');
    await tab.type('tried again');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#pending li')?.textContent.startsWith('failed 11') === true`);
    await tab.evaluate(`document.querySelector('.retry').click()`);
    await tab.until(`${shows('tried again')} && document.querySelector('#pending li') === null`);
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.text === 'tried again'));
    expect(await tab.evaluate(`${texts}.filter((each) => each === 'tried again').length`)).toBe(1);
  });

  test('has a row of the list render only when it says something else', async () => {
    const { tab, bob, conversationId } = await atChat('list', 1);
    const alice = bob.userId.replace('bob', 'alice');
    const carol = await joinAs(system, `carol-${version}-list`);
    const second = await openDirect(carol, alice);
    await carol.call('send', { conversationId: second, content: text('one') });
    const item = (id: string) =>
      `[...document.querySelectorAll('#conversations li')].find((each) => each.textContent.startsWith('${id}'))`;
    await tab.until(`${item(second)}?.textContent.endsWith(' 1') === true`);
    // Also a hello, which brings the whole list anew: the one that follows three seconds after the first.
    const before = await tab.evaluate(`${item(conversationId)}.dataset.commits`);
    await carol.call('send', { conversationId: second, content: text('two') });
    await tab.until(`${item(second)}.textContent.endsWith(' 2')`);
    expect(await tab.evaluate(`${item(conversationId)}.dataset.commits`)).toBe(before);
  });

  test('is rendered on a server, where it connects nobody', async () => {
    app.run(
      ...([
        'vite/bin/vite.js',
        'build',
        '--ssr',
        'src/server.tsx',
        '--outDir',
        'server',
        '--logLevel',
        'warn',
      ] as const),
    );
    const { html, outside } = (await import(join(app.folder, 'server', 'server.js'))) as {
      html: string;
      outside: () => string;
    };
    expect(html).toBe('<p>idle true 0,0,0,0,0</p>');
    expect(outside).toThrow('LapseProvider');
  });

  test('a page without React has the small client alone', async () => {
    app.run('vite/bin/vite.js', 'build', 'plain', '--outDir', '../small', '--logLevel', 'warn');
    const plain = await staticFiles(join(app.folder, 'small'));
    await agreed(`dave-${version}`);
    const bob = await joinAs(system, `bob-${version}-plain`);
    const tab = await browser.open(
      address('index.html', `dave-${version}`, bob.userId).replace(files.url, plain.url),
    );
    await tab.until(shows('plain hello'));
    plain.close();
  });
});
