import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const quotes = `[...document.querySelectorAll('.quote')].filter((each) => !each.hidden).map((each) => each.textContent)`;

inBrowser('answers in the web chat', () => {
  let system: LocalSystem;
  let browser: Browser;
  let bob: Person;
  beforeAll(async () => {
    system = await startTestSystem();
    [browser, bob] = await Promise.all([startChromium(), join(system, 'bob')]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  test('one answers by keyboard; what is quoted is shown, and goes when its message is erased', async () => {
    const alice = await join(system, 'alice');
    const conversationId = await openDirect(alice, 'bob');
    const asked = await bob.call('send', { conversationId, content: text('tea or coffee?') });
    const tab = await visit(browser, system, 'alice');
    await enter(tab, 'bob');
    await tab.until(`document.querySelectorAll('.message .reply:not([hidden])').length === 1`);
    await tab.evaluate(`document.querySelector('.message .reply').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#reply-words').textContent === 'bob: tea or coffee?'`);
    expect(await tab.evaluate(`document.activeElement.id`)).toBe('text');
    await tab.press('Escape');
    expect(await tab.evaluate(`document.querySelector('#reply').hidden`)).toBe(true);
    await tab.evaluate(`document.querySelector('.message .reply').focus()`);
    await tab.press('Enter');
    await tab.type('tea');
    await tab.press('Enter');
    await bob.until((pushes) => pushes.some(({ message }) => message?.replyTo === asked.seq));
    const answer = bob.pushes.find(({ message }) => message?.replyTo === asked.seq);
    expect(JSON.stringify(answer)).not.toContain('coffee');
    await tab.until(`${quotes}.length === 1`);
    expect(await tab.evaluate(quotes)).toEqual(['bobtea or coffee?']);
    await tab.until(`document.querySelector('#reply').hidden`);

    // What is being answered to goes from above the text too.
    await tab.evaluate(`document.querySelector('.message .reply').click()`);
    await tab.until(`!document.querySelector('#reply').hidden`);
    await bob.call('erase', { scope: 'message', conversationId, seq: asked.seq });
    await tab.until(`${quotes}.length === 0 && document.querySelector('#reply').hidden`);
    expect(await tab.evaluate(`document.body.textContent.includes('coffee')`)).toBe(false);
    expect(await tab.evaluate(`document.querySelectorAll('.message').length`)).toBe(1);
    expect(tab.complaints).toEqual([]);
  });

  test('what lies further back is asked for; of what ended, or was before one joined, nothing is shown', async () => {
    const carol = await join(system, 'carol');
    const { conversationId } = await bob.call('open', { kind: 'group', members: ['alice'], title: 'Long' });
    const early = await bob.call('send', { conversationId, content: text('before carol came') });
    await bob.call('members', { conversationId, add: ['carol'] });
    const far = await bob.call('send', { conversationId, content: text('far away') });
    for (let count = 0; count < 105; count += 1)
      await bob.call('send', { conversationId, content: text(`in between ${count}`) });
    await bob.call('send', { conversationId, content: text('to the far one'), replyTo: far.seq });
    await bob.call('send', { conversationId, content: text('to the early one'), replyTo: early.seq });
    const { messages } = await carol.call('history', { conversationId, after: early.seq - 1, limit: 1 });
    expect(JSON.stringify(messages)).not.toContain('before carol came');
    const tab = await visit(browser, system, 'carol');
    await enter(tab, 'Long');
    await tab.until(`${quotes}.length === 1`);
    expect(await tab.evaluate(quotes)).toEqual(['bobfar away']);
    await bob.call('erase', { scope: 'message', conversationId, seq: far.seq });
    await tab.until(`${quotes}.length === 0`);
    expect(await tab.evaluate(`document.body.textContent.includes('far away')`)).toBe(false);
    expect(await tab.evaluate(`document.body.textContent.includes('before carol came')`)).toBe(false);
  });
});
