import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { begin, openAbout, say, shows, texts } from './support/begin.ts';
import { enter, visit } from './support/visit.ts';

/** Who is not there yet, and who is not wanted. */
inBrowser('strangers in the web chat', () => {
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

  const failure = `document.querySelector('.failure:not([hidden])')`;

  test('what is written to who has not agreed waits and says for whom; once they have come it goes, by a click or by itself', async () => {
    const tab = await visit(browser, system, 'alice');
    await begin(tab, 'direct', { other: 'newcomer' });
    await say(tab, 'are you there?');
    await tab.until(`${failure}?.innerText.includes('Waits for newcomer.')`);
    expect(await tab.evaluate(`document.querySelectorAll('.message.waiting').length`)).toBe(1);
    const newcomer = await join(system, 'newcomer');
    await newcomer.call('hello');
    await tab.evaluate(
      `[...${failure}.querySelectorAll('button')].find((each) => each.textContent === 'Try again').focus()`,
    );
    await tab.press('Enter');
    await newcomer.until((pushes) => pushes.some(({ type }) => type === 'message'));
    await tab.until(`document.querySelector('.message.waiting') === null && ${failure} === null`);
    const conversationId = newcomer.pushes.find(({ type }) => type === 'message').message.conversationId;
    await newcomer.call('consent', { decision: 'withdraw' });
    await newcomer.closed;
    await say(tab, 'and now?');
    await tab.until(`${failure}?.innerText.includes('Waits for newcomer.')`);
    const back = await join(system, 'newcomer');
    await back.call('send', { conversationId, content: text('I am back') });
    await back.until((pushes) => pushes.some(({ message }) => message?.content.text === 'and now?'));
    await tab.until(`document.querySelector('.message.waiting') === null`);
    expect((await tab.evaluate(texts)).toSorted()).toEqual(['I am back', 'and now?', 'are you there?']);
    expect(tab.complaints).toEqual([]);
    back.socket.close();
  });

  test('somebody is blocked after a question, by keyboard: nothing of theirs comes, also after a reload, until they are not any more', async () => {
    const [tab, mal] = [await visit(browser, system, 'carol'), await join(system, 'mal')];
    const conversationId = await openDirect(mal, 'carol');
    const hidden = async (words: string) => mal.call('send', { conversationId, content: text(words) });
    await hidden('before');
    await enter(tab, 'mal');
    await tab.until(shows('before'));
    await openAbout(tab);
    await tab.tabTo('block');
    expect(await tab.evaluate(`document.querySelector('#block').textContent`)).toBe('Block mal…');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'block-person-cancel'`);
    await tab.tabTo('block-person-confirm');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#block-person').open`);
    await tab.until(`document.querySelector('#block').textContent === 'Unblock mal'`);
    await tab.until(`document.querySelector('#about-note').innerText.includes('You block mal')`);
    await tab.press('Escape');
    await hidden('for nobody');
    expect((await mal.call('profile', { get: ['carol'] })).profiles).toEqual([{ userId: 'carol' }]);
    await tab.go(system.webUrl);
    await enter(tab, 'mal');
    await tab.until(`document.querySelector('.veil') !== null`);
    expect(await tab.evaluate(texts)).toEqual([]);
    await openAbout(tab);
    await tab.until(`document.querySelector('#block').textContent === 'Unblock mal'`);
    await tab.tabTo('block');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#block').textContent === 'Block mal…'`);
    expect(await tab.evaluate(`document.querySelector('#about-note').hidden`)).toBe(true);
    await tab.press('Escape');
    await hidden('after');
    await tab.until(shows('after'));
    expect(await tab.evaluate(texts)).toEqual(['before', 'after']);
    expect(tab.complaints).toEqual([]);
    mal.socket.close();
  });

  test('in a group what they write is covered, and shown when one asks for it; the list of members says who is blocked', async () => {
    const [tab, mallory]: [Awaited<ReturnType<typeof visit>>, Person] = [
      await visit(browser, system, 'dora'),
      await join(system, 'mallory'),
    ];
    await begin(tab, 'group', { 'group-title': 'Choir', 'group-members': 'mallory' });
    await mallory.until((pushes) => pushes.some(({ type }) => type === 'opened'));
    const { conversationId } = mallory.pushes.find(({ type }) => type === 'opened');
    await openAbout(tab);
    const button = (label: string) => `document.querySelector('[aria-label="${label}: mallory"]')`;
    await tab.until(`${button('Block')} !== null`);
    await tab.evaluate(`${button('Block')}.focus()`);
    await tab.press('Enter');
    await tab.tabTo('block-person-confirm');
    await tab.press('Enter');
    await tab.until(`${button('Unblock')} !== null && !document.querySelector('#block-person').open`);
    expect(await tab.evaluate(`document.querySelector('#members').innerText`)).toContain('blocked by you');
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#about').open`);
    await mallory.call('send', { conversationId, content: text('covered') });
    await tab.until(`document.querySelector('.veiled .veil')?.checkVisibility() === true`);
    expect(await tab.evaluate(texts)).toEqual([]);
    await tab.evaluate(`document.querySelector('.veil button').focus()`);
    await tab.press('Enter');
    await tab.until(shows('covered'));
    expect(tab.complaints).toEqual([]);
    mallory.socket.close();
  });
});
