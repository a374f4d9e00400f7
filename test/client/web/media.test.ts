import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import type { Tab } from '../../support/chromium-tab.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { fixture } from '../../support/media/fixture.ts';
import { pdf } from '../../support/media/made-files.ts';
import { picture } from '../../support/media/made-pictures.ts';
import { silenceThenSound, wav } from '../../support/media/made-wav.ts';
import { sendFile } from '../../support/media-exchange.ts';
import { enter, visit } from './support/visit.ts';

const count = (selector: string) => `document.querySelectorAll(${JSON.stringify(selector)}).length`;
const names = `[...document.querySelectorAll('.attachment .file-name')].map((each) => each.textContent)`;
const frame = `(() => {
  const { width, height } = document.querySelector('.message .picture').getBoundingClientRect();
  return [Math.round(width), Math.round(height)];
})()`;
/** Until the film that somebody plays shows something. */
const loaded = `new Promise((resolve) => {
  const video = document.querySelector('.film-media video');
  if (video.readyState >= 2) resolve();
  else video.addEventListener('loadeddata', () => resolve());
})`;
/** Whether an address still gives a picture, as the page itself would find out. */
const shows = (url: string) => `(async () => {
  const image = new Image();
  image.src = ${JSON.stringify(url)};
  return image.decode().then(() => true, () => false);
})()`;

inBrowser('media in the web chat', () => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'lapse-media-'));
  const saved = mkdtempSync(joinPath(folder, 'saved'));
  const file = (name: string, bytes: Uint8Array): string => {
    const path = joinPath(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
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
    rmSync(folder, { recursive: true, force: true });
  });

  /** Two tabs, with a conversation of the two open in each. */
  async function pair(one: string, other: string): Promise<[Tab, Tab]> {
    const first = await join(system, one);
    await join(system, other);
    await openDirect(first, other);
    const tabs = await Promise.all([visit(browser, system, one), visit(browser, system, other)]);
    await enter(tabs[0], other);
    await enter(tabs[1], one);
    return tabs;
  }

  test('a damaged picture says that it cannot be shown, why it was not sent, and can be discarded', async () => {
    const [frank] = await pair('frank', 'grace');
    await frank.choose('files', [file('broken.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))]);
    await frank.until(`${count('.attachment')} === 1 && document.activeElement.id === 'text'`);
    await frank.press('Enter');
    const note = `document.querySelector('.message .picture .media-note')?.textContent`;
    await frank.until(`${count('.message.failed')} === 1 && ${note} === 'This browser cannot show it.'`);
    await frank.evaluate(
      `[...document.querySelectorAll('.failure button')].find((each) => each.textContent === 'Discard').click()`,
    );
    await frank.until(`${count('.message')} === 0`);
    expect(frank.complaints).toEqual([]);
  });

  test('a picture goes from one tab to the other: blur, thumbnail, large by keyboard, and saved as it was', async () => {
    const bytes = await picture('jpeg', 640, 480);
    const [alice, carol] = await pair('alice', 'carol');
    await carol.size(1280, 800);
    await alice.tabTo('attach');
    await alice.choose('files', [file('sea.jpg', bytes)]);
    await alice.until(`${count('.attachment img')} === 1 && document.activeElement.id === 'text'`);
    await alice.type('the sea');
    await alice.press('Enter');

    await carol.until(`${count('.message .picture canvas')} === 1`);
    const reserved = await carol.evaluate(frame);
    expect(await carol.evaluate(`document.querySelector('.picture canvas').width`)).toBeLessThanOrEqual(32);
    await carol.until(`document.querySelector('.message .picture img')?.src.startsWith('blob:')`);
    expect(await carol.evaluate(`document.querySelector('.message .picture img').naturalWidth`)).toBe(320);
    expect(await carol.evaluate(frame)).toEqual(reserved);
    expect(reserved).toEqual([320, 240]);
    expect(await carol.evaluate(`document.querySelector('.message .text').textContent`)).toBe('the sea');
    await alice.until(
      `${count('.message.sent')} === 1 && document.querySelector('#news').textContent.startsWith('Sent')`,
    );

    await carol.evaluate(`document.querySelector('.message .picture').focus()`);
    await carol.press('Enter');
    await carol.until(`document.querySelector('#lightbox img')?.naturalWidth === 640`);
    expect(await carol.evaluate(`document.querySelector('#lightbox img').alt`)).toBe('the sea');
    await carol.evaluate(`document.querySelector('#lightbox-save').focus()`);
    expect(await carol.saved(saved, () => carol.press('Enter'))).toBe('sea.jpg');
    expect(readFileSync(joinPath(saved, 'sea.jpg')).equals(bytes)).toBe(true);
    await carol.press('Escape');
    await carol.until(`!document.querySelector('#lightbox').open`);
    expect(await carol.evaluate(`document.activeElement.className`)).toContain('picture');
    expect([...alice.complaints, ...carol.complaints]).toEqual([]);
  });

  test('what is dropped on the conversation can be taken out again, and the rest goes in its order', async () => {
    const [dave, erin] = await pair('dave', 'erin');
    const paths = [
      file('voice.wav', wav(silenceThenSound)),
      file('no.png', await picture('png')),
      file('plan.pdf', pdf),
    ];
    await dave.drag('scroller', paths);
    await dave.until(`!document.querySelector('#drop-zone').hidden`);
    await dave.drag('scroller', paths, 'let go');
    await dave.until(`${count('.attachment')} === 3`);
    expect(await dave.evaluate(`document.querySelector('#drop-zone').hidden`)).toBe(true);
    await dave.evaluate(`document.querySelectorAll('.attachment .remove')[1].focus()`);
    await dave.press('Enter');
    expect(await dave.evaluate(names)).toEqual(['voice.wav', 'plan.pdf']);
    await dave.tabTo('text');
    await dave.press('Enter');

    await erin.until(`${count('.sound-media')} === 1 && ${count('.card-media')} === 1`);
    expect(
      await erin.evaluate(
        `[...document.querySelectorAll('.message .file-name')].map((each) => each.textContent)`,
      ),
    ).toEqual(['voice.wav', 'plan.pdf']);
    expect(await erin.evaluate(`document.querySelector('.sound-time').textContent`)).toBe('0:02');
    await erin.evaluate(`document.querySelector('.sound-media .play').focus()`);
    await erin.press('Enter');
    await erin.until(`document.querySelector('.sound-media .play').ariaLabel === 'Pause voice.wav'`);
    await erin.evaluate(`document.querySelector('.card-media button').focus()`);
    expect(await erin.saved(saved, () => erin.press('Enter'))).toBe('plan.pdf');
    expect(readFileSync(joinPath(saved, 'plan.pdf')).equals(pdf)).toBe(true);
    expect([...dave.complaints, ...erin.complaints]).toEqual([]);
  });

  test('a film shows a frame of itself until it is played; one that the browser cannot play goes without', async () => {
    const [lea, moe] = await pair('lea', 'moe');
    // Of a codec that there is not, and without sound.
    const unknown = Buffer.from(fixture('film.mp4'));
    for (const [name, other] of [
      ['avc1', 'xvc1'],
      ['soun', 'meta'],
    ] as const)
      unknown.write(other, unknown.lastIndexOf(name), 'latin1');
    await lea.choose('files', [file('film.webm', fixture('film.webm')), file('odd.mp4', unknown)]);
    await lea.until(`${count('.attachment')} === 2`);
    await lea.press('Enter');
    const poster = `document.querySelector('.film img')`;
    for (const tab of [lea, moe]) {
      await tab.until(`${count('.film:enabled')} === 2 && ${poster}.src.startsWith('blob:')`);
      expect(await tab.evaluate(`[${poster}.naturalWidth, ${poster}.naturalHeight]`)).toEqual([64, 48]);
      expect(await tab.evaluate(`document.querySelectorAll('.film')[1].querySelector('img').hidden`)).toBe(
        true,
      );
    }
    await moe.evaluate(`document.querySelector('.film').click()`);
    await moe.until(`${count('.film-media video')} === 1`);
    await moe.evaluate(loaded);
    await moe.evaluate(`document.querySelectorAll('.film')[0].click()`);
    await moe.until(`document.querySelectorAll('.film-media .media-note')[1].textContent !== ''`);
    expect(await moe.evaluate(`document.querySelectorAll('.film-media .media-note')[1].textContent`)).toBe(
      'This browser cannot play it; it can be saved.',
    );
    expect([...lea.complaints, ...moe.complaints]).toEqual([]);
  });

  test('a pasted picture waits with the others; text from an office program stays text', async () => {
    const [fay] = await pair('fay', 'gil');
    const paste = (types: string) => `(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.of(0x47, 0x49, 0x46, 0x38)], 'image.gif', { type: 'image/gif' }));
      ${types}
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('#text').dispatchEvent(event);
      return event.defaultPrevented;
    })()`;
    expect(await fay.evaluate(paste(`data.setData('text/plain', 'cells');`))).toBe(false);
    expect(await fay.evaluate(paste(''))).toBe(true);
    await fay.until(`${count('.attachment')} === 1`);
    expect(await fay.evaluate(names)).toEqual(['image.gif']);
  });

  test('what is too large, or empty, is refused before anything is uploaded', async () => {
    const [hal] = await pair('hal', 'ida');
    const large = Buffer.alloc(20_000_001);
    large.set(await picture('jpeg'));
    await hal.choose('files', [file('huge.jpg', large), file('nothing.txt', Buffer.alloc(0))]);
    await hal.until(`document.querySelector('#composer-error').textContent !== ''`);
    expect(await hal.evaluate(`document.querySelector('#composer-error').textContent`)).toBe(
      'huge.jpg is too large: a picture may have at most 20 MB. nothing.txt is empty.',
    );
    expect(await hal.evaluate(count('.attachment'))).toBe(0);
    expect(hal.requests.filter((url) => url.startsWith(system.objectStoreEndpoint))).toEqual([]);
  });

  test.each([
    ['whose time is over', 'jan', 12, undefined],
    ['that is erased', 'kim', 600, 'erase'],
  ])(
    'with a message %s its picture is gone: from the page, its memory and the open dialog',
    async (...given) => {
      const [, name, retention, end] = given;
      const tab = await visit(browser, system, name);
      const group = { kind: 'group', members: [name], title: 'Brief', retention };
      const { conversationId } = await bob.call('open', group);
      const bytes = new Uint8Array(await picture('png', 400, 300));
      const image = { kind: 'image', contentType: 'image/png', bytes };
      const { seq } = await sendFile(bob, conversationId, image);
      await enter(tab, 'Brief');
      await tab.until(`document.querySelector('.message .picture img')?.src.startsWith('blob:')`);
      await tab.evaluate(`document.querySelector('.message .picture').click()`);
      await tab.until(`document.querySelector('#lightbox img')?.naturalWidth === 400`);
      const urls = await tab.evaluate(
        `['.message .picture img', '#lightbox img'].map((each) => document.querySelector(each).src)`,
      );
      for (const url of urls) expect(await tab.evaluate(shows(url))).toBe(true);
      if (end === 'erase') await bob.call('erase', { scope: 'message', conversationId, seq });
      await tab.until(`${count('.message')} === 0 && !document.querySelector('#lightbox').open`);
      for (const url of urls) expect(await tab.evaluate(shows(url))).toBe(false);
    },
  );
});
