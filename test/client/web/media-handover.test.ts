import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { picture } from '../../support/media/made-pictures.ts';
import { synthesizedAssembly } from '../../support/synthesized-assembly.ts';
import { enter, visit } from './support/visit.ts';

inBrowser('media in the web chat where it is handed over', () => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'lapse-handover-'));
  let system: LocalSystem;
  let browser: Browser;

  beforeAll(async () => {
    const assemblyFolder = await synthesizedAssembly({ messages: { store: false, handover: '5m' } });
    [system, browser] = await Promise.all([startTestSystem({ assemblyFolder }), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a picture comes at once; when everybody has it the server has it no more, and both pages still show it', async () => {
    const anna = await join(system, 'anna');
    await join(system, 'ben').then(({ socket }) => socket.close());
    const conversationId = await openDirect(anna, 'ben');
    anna.socket.close();
    const [mine, other] = await Promise.all([visit(browser, system, 'anna'), visit(browser, system, 'ben')]);
    await enter(mine, 'ben');
    const bytes = await picture('png', 400, 300);
    const [chosen, saved] = ['chosen', 'saved'].map((name) => mkdtempSync(joinPath(folder, name))) as [
      string,
      string,
    ];
    writeFileSync(joinPath(chosen, 'sea.png'), bytes);
    await mine.choose('files', [joinPath(chosen, 'sea.png')]);
    await mine.until(`document.querySelectorAll('.attachment').length === 1`);
    await mine.press('Enter');
    // Nobody has opened the conversation, and the picture is there all the same.
    await other.until(`document.querySelector('.badge:not([hidden])')?.textContent === '1 unread'`);

    const late = await join(system, 'ben');
    const code = async () => (await late.call('download', { conversationId, seq: 1 })).error?.code;
    while ((await code()) !== 'NOT_FOUND') await other.evaluate('1');

    await enter(other, 'anna');
    for (const tab of [mine, other]) {
      await tab.until(`document.querySelector('.message .picture img')?.src.startsWith('blob:')`);
      await tab.evaluate(`document.querySelector('.message .picture').click()`);
      await tab.until(`document.querySelector('#lightbox img')?.naturalWidth === 400`);
      expect(await tab.evaluate(`document.querySelector('.message .media-note').textContent`)).toBe('');
    }
    await other.evaluate(`document.querySelector('#lightbox-save').focus()`);
    expect(await other.saved(saved, () => other.press('Enter'))).toBe('sea.png');
    expect(readFileSync(joinPath(saved, 'sea.png')).equals(bytes)).toBe(true);
    expect([...mine.complaints, ...other.complaints]).toEqual([]);
  });
});
