import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const textOf = (selector: string) => `document.querySelector(${JSON.stringify(selector)})?.textContent`;
const pressed = `document.querySelector('#record').ariaPressed`;
const focus = `document.querySelector('#record').focus()`;

inBrowser('voice messages in the web chat', () => {
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

  async function at(name: string, permissions: readonly string[]) {
    const person = await join(system, name);
    const conversationId = await openDirect(person, 'bob');
    const tab = await visit(browser, system, name, permissions);
    await enter(tab, 'bob');
    return { tab, conversationId };
  }

  test('what is said is recorded and sent by keyboard, and plays where it comes', async () => {
    const { tab, conversationId } = await at('alice', ['audioCapture']);
    await tab.evaluate(focus);
    await tab.press('Enter');
    await tab.until(`${pressed} === 'true' && ${textOf('#recorded')} === '0:02'`);
    await tab.press('Enter');
    await tab.until(`${textOf('.attachment .file-name')} === 'Voice message'`);
    expect(await tab.evaluate(pressed)).toBe('false');
    await tab.until(`document.activeElement.id === 'text'`);
    await tab.press('Enter');
    await bob.until((pushes) => pushes.some(({ message }) => message?.conversationId === conversationId));
    const { content } = bob.pushes.find(({ message }) => message?.conversationId === conversationId).message;
    expect(content).toMatchObject({
      type: 'audio',
      voice: true,
      media: { contentType: expect.stringMatching(/^audio\/webm/) },
    });
    expect(content).not.toHaveProperty('name');
    expect(content.media.durationMs).toBeGreaterThan(500);
    expect(content.media.waveform.length).toBeGreaterThan(10);
    await tab.until(`${textOf('.sound-media .file-name')} === 'Voice message'`);
    await tab.until(`document.querySelector('.sound-media .play:enabled') !== null`);
    await tab.evaluate(`document.querySelector('.sound-media .play').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('.sound-media .play').ariaLabel === 'Pause voice message'`);
    const preview = `[...document.querySelectorAll('.item-preview')].some((each) => each.textContent.includes('Voice message'))`;
    await tab.until(preview);
    expect(tab.complaints).toEqual([]);
  });

  test('Escape keeps nothing', async () => {
    const { tab } = await at('carol', ['audioCapture']);
    await tab.evaluate(focus);
    await tab.press('Enter');
    await tab.until(`${textOf('#recorded')} === '0:01'`);
    await tab.press('Escape');
    await tab.until(`${pressed} === 'false' && ${textOf('#recorded')} === ''`);
    expect(await tab.evaluate(`document.querySelectorAll('.attachment').length`)).toBe(0);
  });

  test('where the microphone is refused, the page says so', async () => {
    const { tab } = await at('dave', []);
    await tab.evaluate(focus);
    await tab.press('Enter');
    await tab.until(`${textOf('#composer-error')} !== ''`);
    expect(await tab.evaluate(textOf('#composer-error'))).toBe(
      'The browser does not let this page use the microphone. You can allow it in the settings of the page.',
    );
    expect(await tab.evaluate(pressed)).toBe('false');
    expect(await tab.evaluate(`document.querySelectorAll('.attachment').length`)).toBe(0);
  });
});
