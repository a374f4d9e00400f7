import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const texts = `[...document.querySelectorAll('.message .text')].map((each) => each.textContent)`;
const shows = (words: string) => `${texts}.includes(${JSON.stringify(words)})`;

inBrowser('the web chat in a browser', () => {
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

  test('by keyboard alone: name, agreement, first chat, messages both ways', async () => {
    const tab = await browser.open(system.webUrl);
    await tab.until(`document.activeElement?.id === 'name'`);
    await tab.type('no spaces please');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#name-error').textContent.includes('without spaces')`);
    await tab.evaluate(`document.querySelector('#name').select()`);
    await tab.type('alice');
    await tab.press('Enter');

    await tab.until(`document.querySelector('#consent').open`);
    const terms = await tab.evaluate(`document.querySelector('#consent').innerText`);
    expect(terms).toContain('kept for 7 days');
    expect(terms).toContain('version 1 of the policy');
    expect(terms).toContain('not stored');
    await tab.tabTo('jurisdiction');
    for (const letter of 'Jap') await tab.press(letter);
    await tab.tabTo('birth-date');
    for (const digit of '05171990') await tab.press(digit);
    await tab.tabTo('consent-grant');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#consent').open`);
    expect(await tab.evaluate(`document.querySelector('#birth-date').value`)).toBe('');
    await tab.until(`!document.querySelector('#no-conversations').hidden`);

    await tab.tabTo('new-chat-button');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'other'`);
    await tab.type('bob');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'text'`);
    await tab.type('Hello');
    await tab.press('Shift+Enter');
    await tab.type('Bob');
    await tab.press('Enter');
    await tab.until(`document.querySelector('.message.sent .text')?.textContent === 'Hello\\nBob'`);
    expect(await tab.evaluate(`document.querySelector('#text').value`)).toBe('');
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.text === 'Hello\nBob'));

    const conversationId = bob.pushes.find(({ message }) => message?.from === 'alice').message.conversationId;
    await bob.call('send', { conversationId, content: text('Hello Alice') });
    await tab.until(shows('Hello Alice'));
    expect(await tab.evaluate(`document.querySelector('#news').textContent`)).toBe('bob: Hello Alice');
    expect(await tab.evaluate(`document.querySelector('.message.last .expiry').textContent`)).toMatch(
      /^disappears in [67] days$/,
    );
    expect(tab.complaints).toEqual([]);
  });

  test('who is too young is told so, and that another date does not help, and is back at the date', async () => {
    const tab = await browser.open(system.webUrl);
    await tab.until(`document.activeElement?.id === 'name'`);
    await tab.type('junior');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#consent').open`);
    for (const date of ['05172020', '05171990']) {
      await tab.tabTo('jurisdiction');
      for (const letter of 'Jap') await tab.press(letter);
      await tab.tabTo('birth-date');
      await tab.evaluate(`document.querySelector('#consent-error').textContent = ''`);
      for (const digit of date) await tab.press(digit);
      await tab.press('Enter');
      const error = `document.querySelector('#consent-error').textContent`;
      await tab.until(`${error}.includes('not yet old enough') && ${error}.includes('no other date')`);
      await tab.until(`document.activeElement?.id === 'birth-date'`);
    }
    expect(await tab.evaluate(`document.querySelector('#consent').open`)).toBe(true);
  });

  test('what has ended is nowhere in the document, not even for those who listen to it', async () => {
    const [tab, mallory] = await Promise.all([visit(browser, system, 'hanna'), join(system, 'igor')]);
    const conversationId = await openDirect(mallory, 'hanna');
    await enter(tab, 'igor');
    const { seq } = await mallory.call('send', { conversationId, content: text('canary') });
    const everywhere = 'document.documentElement.outerHTML';
    await tab.until(`document.querySelector('#news').textContent === 'igor: canary' && ${shows('canary')}`);
    await mallory.call('erase', { scope: 'message', conversationId, seq });
    await tab.until(`!${everywhere}.includes('canary')`);
    expect(await tab.evaluate(`document.querySelector('#news').textContent`)).toBe('');
  });

  test('two tabs are two people, and each sees what the other writes', async () => {
    const [carol, dave] = await Promise.all([
      visit(browser, system, 'carol'),
      visit(browser, system, 'dave'),
    ]);
    await dave.until(`!document.querySelector('#no-conversations').hidden`);
    await carol.tabTo('new-chat-button');
    await carol.press('Enter');
    await carol.until(`document.activeElement?.id === 'other'`);
    await carol.type('dave');
    await carol.press('Enter');
    await carol.until(`document.activeElement?.id === 'text'`);
    await carol.type('one');
    await carol.press('Enter');
    // A conversation that Dave has never heard of turns up in his list by itself.
    await dave.until(`document.querySelector('.badge:not([hidden])')?.textContent === '1 unread'`);
    await enter(dave, 'carol');
    await dave.until(shows('one'));
    await dave.until(`document.querySelector('.badge:not([hidden])') === null`);
    await dave.type('two');
    await dave.press('Enter');
    await carol.until(shows('two'));
  });

  test('markup, scripts and directions in names and texts stay what they are: text', async () => {
    const tab = await visit(browser, system, 'erin');
    const title = '<b>evil</b> title';
    const directed = title.replace(' ', '\u202e ');
    const { conversationId } = await bob.call('open', { kind: 'group', members: ['erin'], title: directed });
    const words = '<img src="https://example.com/x" onerror="document.title=1"> \u202eabc';
    await bob.call('send', { conversationId, content: text(words) });
    // The server has taken from the title what turns directions.
    await enter(tab, '<b>evil</b> title');
    await tab.until(shows(words));
    expect(await tab.evaluate(`document.querySelectorAll('.text :not(a), .item-name *, h2 *').length`)).toBe(
      0,
    );
    expect(await tab.evaluate(`document.querySelector('.text a').href`)).toBe('https://example.com/x');
    expect(
      await tab.evaluate(`['.text', '.item-name', '.sender', '#conversation-name']
        .map((each) => getComputedStyle(document.querySelector(each)).unicodeBidi)`),
    ).toEqual(['isolate', 'isolate', 'isolate', 'isolate']);
    const markup = `(() => { try { document.body.innerHTML = ''; } catch (error) { return error.name; } })()`;
    expect(await tab.evaluate(markup)).toBe('TypeError');
    const hosts = tab.requests.map((url) => new URL(url)).filter(({ protocol }) => protocol !== 'data:');
    expect(new Set(hosts.map(({ host }) => host))).toEqual(new Set([new URL(system.webUrl).host]));
  });

  test('older messages come page by page, and what is read stays where it is', async () => {
    const tab = await visit(browser, system, 'frank');
    const conversationId = await openDirect(bob, 'frank');
    for (let count = 1; count <= 120; count += 1)
      await bob.call('send', { conversationId, content: text(`number ${count}`) });
    await tab.go(system.webUrl);
    await enter(tab, 'bob');
    await tab.until(shows('number 120'));
    await tab.until(`!document.querySelector('#older').hidden && !document.querySelector('#older').disabled`);
    expect(await tab.evaluate(`${texts}[0]`)).toBe('number 21');
    await tab.evaluate(`document.querySelector('#older').focus({ preventScroll: true })`);
    const place = `document.querySelector('#scroller').scrollHeight - document.querySelector('#scroller').scrollTop`;
    await tab.evaluate(`new Promise((resolve) => {
      const scroller = document.querySelector('#scroller');
      scroller.addEventListener('scroll', resolve, { once: true });
      scroller.scrollTop = 0;
    })`);
    const before = await tab.evaluate(place);
    await tab.press('Enter');
    await tab.until(shows('number 1'));
    expect(await tab.evaluate(texts)).toHaveLength(120);
    await tab.until(`document.querySelector('#older').hidden`);
    expect(Math.abs((await tab.evaluate(place)) - before)).toBeLessThan(120);
    expect(await tab.evaluate(`document.activeElement.id`)).toBe('scroller');
  });

  test('a lost connection is said, what is written meanwhile waits, and nothing is sent twice', async () => {
    const others = new Set(system.gateway.connectionIds());
    const tab = await visit(browser, system, 'grace');
    await openDirect(bob, 'grace');
    await tab.go(system.webUrl);
    await enter(tab, 'bob');
    await tab.until(`document.querySelector('#connection').textContent === ''`);
    // One that is back before the page draws again is not spoken of: it is kept away until then.
    while (
      !(await tab.evaluate(`document.querySelector('#connection').textContent.includes('Reconnecting')`))
    )
      for (const id of system.gateway.connectionIds()) if (!others.has(id)) system.gateway.cut(id);
    await tab.type('patience');
    await tab.press('Enter');
    await tab.until(`document.querySelector('.message.sending, .message.sent') !== null`);
    await tab.until(`document.querySelector('.message.sent .text')?.textContent === 'patience'`);
    await tab.until(`document.querySelector('#connection').textContent === ''`);
    expect(await tab.evaluate(texts)).toEqual(['patience']);
  });

  test('what cannot be sent says why, and can be corrected', async () => {
    const tab = await visit(browser, system, 'kim');
    await openDirect(bob, 'kim');
    await tab.go(system.webUrl);
    await enter(tab, 'bob');
    await tab.type('x'.repeat(20_000));
    await tab.press('Enter');
    await tab.until(`document.querySelector('#composer-error').textContent.includes('too long by 23 %')`);
    // Short enough for a text, too long for a frame, where each of these takes six bytes.
    const words = `a${'\u0001'.repeat(9_000)}b`;
    await tab.evaluate(`document.querySelector('#text').value = ${JSON.stringify(words)}`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('.failure')?.innerText.includes('too long')`);
    expect(await tab.evaluate(`document.querySelector('.failure').innerText`)).not.toContain('Try again');
    await tab.evaluate(
      `[...document.querySelectorAll('.failure button')].find((each) => each.textContent === 'Edit').focus()`,
    );
    await tab.press('Enter');
    await tab.until(`document.querySelector('.message') === null && document.activeElement.id === 'text'`);
    expect(await tab.evaluate(`document.querySelector('#text').value`)).toBe(words);
  });

  test('a message vanishes when its time is over', async () => {
    const tab = await visit(browser, system, 'heidi');
    const { conversationId } = await bob.call('open', {
      kind: 'group',
      members: ['heidi'],
      title: 'Brief',
      retention: 12,
    });
    await bob.call('send', { conversationId, content: text('gone in a moment') });
    await enter(tab, 'Brief');
    await tab.until(shows('gone in a moment'));
    await tab.until(
      `/^disappears in 1?[0-9] seconds?$/.test(document.querySelector('.expiry')?.textContent)`,
    );
    await tab.until(`document.querySelectorAll('.message').length === 0`);
    expect(await tab.evaluate(`document.querySelector('.list').innerText`)).not.toContain('gone in a moment');
  });

  test('withdrawing asks first, ends the chat, and lets one agree again', async () => {
    const tab = await visit(browser, system, 'ivan');
    await tab.until(`!document.querySelector('#no-conversations').hidden`);
    await tab.tabTo('account-button');
    await tab.press('Enter');
    await tab.tabTo('withdraw');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'withdrawal-cancel'`);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#withdrawal').open && document.querySelector('#account').open`);
    await tab.press('Enter');
    await tab.tabTo('withdrawal-confirm');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#sign-in-notice').hidden`);
    expect(await tab.evaluate(`document.querySelector('#sign-in-notice').textContent`)).toContain(
      'withdrawn',
    );
    expect(await tab.evaluate(`sessionStorage.length`)).toBe(0);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#consent').open`);
    expect(await tab.evaluate(`document.querySelector('#consent-reason').textContent`)).toContain(
      'have withdrawn',
    );
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#sign-in').hidden && !document.querySelector('#consent').open`);
  });

  test('erasing the account asks first, shows the receipt and ends the chat, with the keyboard alone', async () => {
    const tab = await visit(browser, system, 'leon');
    await tab.until(`!document.querySelector('#no-conversations').hidden`);
    await tab.tabTo('account-button');
    await tab.press('Enter');
    await tab.tabTo('erase-account');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'erasure-cancel'`);
    await tab.tabTo('erasure-confirm');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#receipt').open`);
    expect(await tab.evaluate(`document.querySelector('#receipt').innerText`)).toMatch(
      /account has been erased[\s\S]*connections: 1 deleted, 0 found/,
    );
    await tab.until(`!document.querySelector('#sign-in-notice').hidden`);
    expect(await tab.evaluate(`document.querySelector('#sign-in-notice').textContent`)).toContain('erased');
    await tab.until(`document.activeElement?.id === 'receipt-close'`);
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#receipt').open`);
  });

  test('one’s own message is erased for everybody, after a question and by keyboard alone', async () => {
    const tab = await visit(browser, system, 'mona');
    await openDirect(bob, 'mona');
    await tab.go(system.webUrl);
    await enter(tab, 'bob');
    for (const words of ['to stay', 'to go']) {
      await tab.type(words);
      await tab.press('Enter');
      await tab.until(shows(words));
    }
    await tab.until(`document.querySelectorAll('.message.sent .erase:not([hidden])').length === 2`);
    const erase = `[...document.querySelectorAll('.erase')].at(-1)`;
    expect(await tab.evaluate(`${erase}.ariaLabel`)).toBe('Erase this message: to go');
    await tab.evaluate(`${erase}.focus()`);
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'erase-message-cancel'`);
    await tab.tabTo('erase-message-confirm');
    await tab.press('Enter');
    await bob.until((pushes) => pushes.some(({ type }) => type === 'erased'));
    await tab.until(`!${shows('to go')}`);
    expect(await tab.evaluate(texts)).toEqual(['to stay']);
    expect(await tab.evaluate(`document.activeElement.id`)).toBe('text');
    await tab.until(`document.querySelector('#news').textContent === 'The message is erased.'`);
  });

  test('everything that is held about the person can be collected', async () => {
    const tab = await visit(browser, system, 'nora');
    await tab.tabTo('account-button');
    await tab.press('Enter');
    await tab.tabTo('export');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#export-result a') !== null`);
    const url = await tab.evaluate(`document.querySelector('#export-result a').href`);
    expect([...new Uint8Array(await (await fetch(url)).arrayBuffer())].slice(0, 2)).toEqual([0x50, 0x4b]);
  });

  test.each([[360], [1280]])('fits %i pixels', async (width) => {
    const tab = await visit(browser, system, 'judy');
    const title = 'A title that is far too long for any screen and goes on and on '.repeat(2);
    await bob.call('open', { kind: 'group', members: ['judy'], title });
    await tab.size(width, 700);
    await tab.go(system.webUrl);
    await tab.until(`document.querySelector('.item') !== null`);
    await tab.evaluate(`document.querySelector('.item').click()`);
    await tab.until(`document.querySelector('#conversation').checkVisibility()`);
    expect(await tab.evaluate(`document.documentElement.scrollWidth`)).toBe(width);
    expect(await tab.evaluate(`document.querySelector('.list').checkVisibility()`)).toBe(width > 720);
    expect(await tab.evaluate(`document.querySelector('#back').checkVisibility()`)).toBe(width <= 720);
  });
});
