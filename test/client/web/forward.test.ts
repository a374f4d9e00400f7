import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { picture } from '../../support/media/made-pictures.ts';
import { download, sendFile } from '../../support/media-exchange.ts';
import { enter, visit } from './support/visit.ts';

const dialog = `document.querySelector('#forward')`;
const listed = `[...${dialog}.querySelectorAll('li .member-name')].map((each) => each.textContent)`;
const last = (kind: string) => `[...document.querySelectorAll('.message .${kind}:not([hidden])')].at(-1)`;

inBrowser('forwards in the web chat', () => {
  let system: LocalSystem;
  let browser: Browser;
  let bob: Person;
  let cid: Person;
  beforeAll(async () => {
    system = await startTestSystem();
    [browser, bob, cid] = await Promise.all([startChromium(), join(system, 'bob'), join(system, 'cid')]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  test('by keyboard: a picture goes to a conversation that is looked for by name, and says that it was forwarded', async () => {
    const tab = await visit(browser, system, 'alice');
    const [origin, target] = [await openDirect(bob, 'alice'), await openDirect(cid, 'alice')];
    const bytes = new Uint8Array(await picture('png', 64, 48));
    await sendFile(bob, origin, { kind: 'image', contentType: 'image/png', bytes }, { caption: 'the pier' });
    await enter(tab, 'bob');
    await tab.until(`${last('forward')} !== undefined`);
    await tab.evaluate(`${last('forward')}.focus()`);
    await tab.press('Enter');
    await tab.until(`${dialog}.open && document.activeElement.id === 'forward-name'`);
    expect(await tab.evaluate(listed)).toEqual(expect.arrayContaining(['bob', 'cid']));
    await tab.type('ci');
    await tab.until(`${dialog}.querySelectorAll('li').length === 1`);
    expect(await tab.evaluate(listed)).toEqual(['cid']);
    await tab.evaluate(`${dialog}.querySelector('li button').focus()`);
    await tab.press('Enter');
    await tab.until(`${dialog}.innerText.includes('Forwarded to cid.')`);
    const isIt = ({ message }: Frame) => message?.forwarded === true;
    await cid.until((pushes) => pushes.some(isIt));
    const { message } = cid.pushes.find(isIt) ?? {};
    expect(message.content).toMatchObject({ type: 'image', caption: 'the pier' });
    expect((await download(cid, target, message.seq)).bytes.equals(bytes)).toBe(true);
    await tab.evaluate(`document.querySelector('#forward-close').focus()`);
    await tab.press('Enter');
    await tab.until(`!${dialog}.open`);
    await enter(tab, 'cid');
    await tab.until(`document.querySelector('.message .meta')?.innerText.includes('forwarded')`);
    await tab.until(`document.querySelector('.message img')?.complete === true`);
    expect(tab.complaints).toEqual([]);
  });

  test('what is taken back while it is asked where to leaves the dialog', async () => {
    const tab = await visit(browser, system, 'dan');
    const conversationId = await openDirect(bob, 'dan');
    const { seq } = await bob.call('send', { conversationId, content: text('a secret') });
    await enter(tab, 'bob');
    await tab.until(`${last('forward')} !== undefined`);
    await tab.evaluate(`${last('forward')}.click()`);
    await tab.until(`${dialog}.innerText.includes('a secret')`);
    await bob.call('recall', { conversationId, seq });
    await tab.until(`!${dialog}.open`);
    expect(await tab.evaluate(`${dialog}.textContent.includes('secret')`)).toBe(false);
    await tab.until(`${last('forward')} === undefined`);
    expect(tab.complaints).toEqual([]);
  });
});
