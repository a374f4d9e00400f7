import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { begin, openAbout, say, shows, texts } from './support/begin.ts';
import { visit } from './support/visit.ts';

inBrowser('rooms in the web chat', () => {
  let system: LocalSystem;
  let browser: Browser;

  beforeAll(async () => {
    system = await startTestSystem();
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  test('one is opened, found by its address, written in, caught up with after a loss, and left, by keyboard', async () => {
    const [tab, other] = [await visit(browser, system, 'alice'), await visit(browser, system, 'bob')];
    await begin(tab, 'room', { room: 'Town square' });
    await tab.until(`document.querySelector('#conversation-name').textContent === 'Town square'`);
    await openAbout(tab);
    const address = await tab.evaluate(`document.querySelector('#about-address').textContent`);
    expect(address).toMatch(/^Its address is r-[\w-]{32}$/);
    expect(await tab.evaluate(`document.querySelector('#about-list').checkVisibility()`)).toBe(false);
    expect(await tab.evaluate(`document.querySelector('#about-group').checkVisibility()`)).toBe(false);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#about').open`);
    await say(tab, 'hear ye');
    await tab.until(`document.querySelector('.message.sent') !== null`);

    const conversationId = String(address.split(' ').at(-1));
    await begin(other, 'room', { room: conversationId });
    await other.until(shows('hear ye'));
    expect(await other.evaluate(`document.querySelector('#conversation-subtitle').textContent`)).toContain(
      'Room with about 2 in it',
    );
    await say(other, 'I hear');
    await tab.until(shows('I hear'));
    // Nothing is pushed while the gateway is broken: what follows says up to where there is more, and it is fetched.
    const carol = await join(system, 'carol');
    await carol.call('watch', { conversationId });
    system.gateway.faults.set({ kind: 'lose' });
    await carol
      .call('send', { id: 'lost', conversationId, content: text('lost on the way') })
      .catch(() => undefined);
    system.gateway.faults.clear();
    for (const each of [tab, other]) await each.until(shows('lost on the way'));
    for (const each of [tab, other])
      expect(await each.evaluate(texts)).toEqual(['hear ye', 'I hear', 'lost on the way']);

    await openAbout(other);
    await other.tabTo('leave');
    expect(await other.evaluate(`document.querySelector('#leave').textContent`)).toBe('Leave this room…');
    await other.press('Enter');
    await other.tabTo('leave-chat-confirm');
    await other.press('Enter');
    await other.until(`!document.querySelector('#about').open && document.querySelector('.item') === null`);
    await say(tab, 'after they have gone');
    await carol.until((pushes) => JSON.stringify(pushes).includes('after they have gone'));
    expect(await other.evaluate(`document.body.innerText`)).not.toContain('after they have gone');
    expect([...tab.complaints, ...other.complaints]).toEqual([]);
    carol.socket.close();
  });

  test('an address that is none is said to be none, and nothing is opened', async () => {
    const tab = await visit(browser, system, 'dora');
    await tab.tabTo('new-chat-button');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'other'`);
    await tab.press('Shift+Tab');
    for (let step = 0; step < 2; step += 1) await tab.press('ArrowRight');
    await tab.tabTo('room');
    await tab.type(`r-${'x'.repeat(32)}`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#new-chat-error').textContent !== ''`);
    expect(await tab.evaluate(`document.querySelector('#new-chat-error').textContent`)).toBe(
      'There is no such conversation.',
    );
    await tab.press('Escape');
    expect(await tab.evaluate(`document.querySelectorAll('.item').length`)).toBe(0);
  });

  test('a room is watched again after the connection was lost, and what was written meanwhile is there', async () => {
    const [tab, erin] = [await visit(browser, system, 'frank'), await join(system, 'erin')];
    await begin(tab, 'room', { room: 'Corner' });
    await openAbout(tab);
    const address = await tab.evaluate(`document.querySelector('#about-address').textContent`);
    const conversationId = String(address.split(' ').at(-1));
    await tab.press('Escape');
    await erin.call('watch', { conversationId });
    const others = new Set(system.gateway.connectionIds());
    await erin.call('send', { conversationId, content: text('before') });
    await tab.until(shows('before'));
    // Hers is the newest but those that are cut: whoever is back has another id.
    const { devices } = await erin.call('devices');
    const hers = new Set(devices.map(({ id }: { id: string }) => id));
    for (const id of others) if (!hers.has(id)) system.gateway.cut(id);
    await erin.call('send', { conversationId, content: text('meanwhile') });
    await tab.until(shows('meanwhile'));
    await erin.call('send', { conversationId, content: text('later') });
    await tab.until(shows('later'));
    expect(await tab.evaluate(texts)).toEqual(['before', 'meanwhile', 'later']);
    erin.socket.close();
  });
});
