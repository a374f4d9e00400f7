import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, type Person } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const offered = `[...document.querySelectorAll('#names .name')].map((each) => each.textContent)`;
const chosen = `document.querySelector('#names [aria-selected="true"]')?.textContent`;
const value = `document.querySelector('#text').value`;

inBrowser('mentions in the web chat', () => {
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

  test('names come up behind @, are chosen by keyboard, and stand out where they come', async () => {
    await Promise.all([join(system, 'bea'), join(system, 'alice')]);
    const alice = await join(system, 'alice');
    const { conversationId } = await alice.call('open', {
      kind: 'group',
      members: ['bob', 'bea'],
      title: 'Hike',
    });
    const tab = await visit(browser, system, 'alice');
    await enter(tab, 'Hike');
    await tab.type('hello @');
    await tab.until(`${offered}.length === 3`);
    expect(await tab.evaluate(offered)).toEqual(['all', 'bea', 'bob']);
    await tab.type('b');
    await tab.until(`${offered}.length === 2`);
    await tab.press('ArrowDown');
    expect(await tab.evaluate(chosen)).toBe('bob');
    expect(await tab.evaluate(`document.querySelector('#text').getAttribute('aria-activedescendant')`)).toBe(
      'name-1',
    );
    await tab.press('Enter');
    expect(await tab.evaluate(value)).toBe('hello @bob ');
    await tab.type('@al');
    await tab.until(`${offered}.length === 1`);
    await tab.press('Escape');
    expect(await tab.evaluate(`document.querySelector('#names').hidden`)).toBe(true);
    expect(await tab.evaluate(value)).toBe('hello @bob @al');
    await tab.type('l');
    await tab.press('Enter');
    await bob.until((pushes) => pushes.some(({ type }) => type === 'message'));
    const { message } = bob.pushes.find(({ type }) => type === 'message');
    expect(message).toMatchObject({
      content: { text: 'hello @bob @all' },
      mentions: ['bob'],
      mentionsAll: true,
    });
    const called = `[...document.querySelectorAll('.called')].map((each) => each.textContent)`;
    await tab.until(`${called}.length === 2`);
    expect(await tab.evaluate(called)).toEqual(['@bob', '@all']);

    await bob.call('send', {
      conversationId,
      content: { type: 'text', text: '@alice it is, and @bea not' },
      mentions: ['alice'],
    });
    await tab.until(`document.querySelectorAll('.message.to-me').length === 1`);
    expect(await tab.evaluate(called)).toEqual(['@bob', '@all', '@alice']);
    expect(tab.complaints).toEqual([]);
  });
});
