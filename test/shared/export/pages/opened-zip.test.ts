import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, startChromium } from '../../../support/chromium.ts';
import type { Tab } from '../../../support/chromium-tab.ts';
import { sampleExport, unpackInto } from '../../../support/export-sample.ts';
import { inBrowser } from '../../../support/in-browser.ts';

inBrowser('a zip that was unpacked', () => {
  let browser: Browser;
  let folder: string;
  let tab: Tab;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lapse-export-'));
    await unpackInto(folder, (await sampleExport()).objects.values());
    browser = await startChromium();
    tab = await browser.open(pathToFileURL(join(folder, 'index.html')).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const focused = async () => tab.evaluate('document.activeElement.textContent.trim()');

  test('is read by keyboard, from the list to a message and its picture', async () => {
    await tab.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await tab.press('Tab');
    expect(await focused()).toContain('Band practice');
    await tab.press('Tab');
    expect(await focused()).toContain('bob');
    await tab.press('Enter');
    await tab.until("document.title === 'bob'");
    const width =
      '(document.images[0].scrollIntoView(), document.images[0].decode().then(() => document.images[0].naturalWidth))';
    expect(await tab.evaluate(width)).toBe(640);
    expect(await tab.evaluate("document.querySelectorAll('.messages > li').length")).toBe(100);
    expect(await tab.evaluate("getComputedStyle(document.querySelector('.mine')).alignSelf")).toBe(
      'flex-end',
    );
  });

  test('runs nothing of what others have written, and asks for nothing outside of its folder', async () => {
    expect(await tab.evaluate('document.title')).toBe('bob');
    expect(tab.complaints).toEqual([]);
    const here = pathToFileURL(folder).href;
    expect(tab.requests).toContain(`${here}/media/d-ab/3.jpg`);
    // The browser's own pictures for the controls of a sound are data of its own.
    const fetched = tab.requests.filter((address) => !address.startsWith('data:'));
    expect(fetched.filter((address) => !address.startsWith(here))).toEqual([]);
  });

  test('is dark where the reader wants it so, and fits a phone', async () => {
    const ground = async (scheme: string) => {
      await tab.media({ 'prefers-color-scheme': scheme });
      return tab.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect([await ground('light'), await ground('dark')]).toEqual(['rgb(243, 242, 237)', 'rgb(17, 24, 26)']);
    await tab.size(320, 700);
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
