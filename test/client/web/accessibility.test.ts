import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import type { Tab } from '../../support/chromium-tab.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { walk } from './support/screens.ts';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds wrong with what stands there, each with where. */
async function violations(tab: Tab): Promise<readonly string[]> {
  if ((await tab.evaluate('typeof axe')) === 'undefined') await tab.evaluate(`${axe}; undefined`);
  return tab.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`);
}

/**
 * Buttons that cannot be seen whole: as the screen comes, and once one has scrolled to them. What lies under a dialog is nobody's
 * then.
 */
const cutOff = `(() => {
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  const top = middle.closest('dialog[open]') ?? document;
  // A phone shows more than its width of a page that is too wide.
  const width = document.documentElement.clientWidth;
  const inSight = [];
  const scrolledTo = [];
  for (const button of top.querySelectorAll('button')) {
    if (!button.checkVisibility({ visibilityProperty: true })) continue;
    const name = button.id || button.ariaLabel || button.textContent;
    const whole = () => {
      const { left, top: upper, right, bottom } = button.getBoundingClientRect();
      if (left < 0 || upper < 0 || right > width || bottom > innerHeight) return false;
      const [x, y] = [(left + right) / 2, (upper + bottom) / 2];
      return [[left + 6, y], [right - 6, y], [x, upper + 2], [x, bottom - 2]].every(([at, down]) => {
        const there = document.elementFromPoint(at, down);
        return there === button || button.contains(there);
      });
    };
    // Messages scroll, and their buttons with them.
    if (!whole() && button.closest('.message') === null) inSight.push(name);
    // Nobody scrolls sideways.
    const { left, right } = button.getBoundingClientRect();
    const isBeside = left < 0 || right > width;
    button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (isBeside || !whole() || button.scrollWidth > button.clientWidth + 1) scrolledTo.push(name);
    (top === document ? document.body : top).scrollTo(0, 0);
  }
  return { inSight, scrolledTo };
})()`;

type CutOff = { readonly inSight: readonly string[]; readonly scrolledTo: readonly string[] };

inBrowser('everybody can use the web chat', () => {
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

  test.each(['light', 'dark'])('axe finds nothing on any screen, in the %s', async (theme) => {
    const found: Record<string, readonly string[]> = {};
    const prepare = async (tab: Tab) =>
      tab.media({ 'prefers-color-scheme': theme, 'prefers-reduced-motion': 'reduce' });
    await walk(system, browser, prepare, async (tab, screen) => {
      found[screen] = await violations(tab);
    });
    expect(Object.keys(found).length).toBeGreaterThan(15);
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  });

  test('axe finds what is wrong, where something is', async () => {
    const tab = await browser.open(system.webUrl);
    await tab.until(`document.activeElement?.id === 'name'`);
    await tab.evaluate(`(() => {
      document.querySelector('label[for=name]').remove();
      document.querySelector('#name-hint').style.color = '#c0c0b0';
      document.documentElement.removeAttribute('lang');
    })()`);
    const rules = (await violations(tab)).map((words) => words.split(' ')[0]);
    expect(rules).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang', 'label']));
  });

  test.each([
    [1280, 657],
    [360, 640],
  ])('at %i × %i no button is cut off', async (width, height) => {
    const found: Record<string, CutOff> = {};
    const prepare = async (tab: Tab) => {
      await tab.media({ 'prefers-reduced-motion': 'reduce' });
      await tab.size(width, height);
    };
    await walk(system, browser, prepare, async (tab, screen) => {
      found[screen] = await tab.evaluate(cutOff);
    });
    const screens = Object.entries(found);
    expect(screens.length).toBeGreaterThan(15);
    expect(screens.filter(([, { scrolledTo }]) => scrolledTo.length > 0)).toEqual([]);
    // A group has as many members as it has, and a button or two for each; of the rest nothing has to be looked for.
    const cut = screens.filter(([screen, { inSight }]) => screen !== 'about a group' && inSight.length > 0);
    expect(cut).toEqual([]);
    expect(found['about a group']?.inSight).not.toContain('about-close');
  });

  test('a button that is cut off is found', async () => {
    const tab = await browser.open(system.webUrl);
    await tab.size(360, 640);
    await tab.until(`document.activeElement?.id === 'name'`);
    const look = async (style: string): Promise<CutOff> => {
      await tab.evaluate(`document.querySelector('#sign-in button').style = ${JSON.stringify(style)}`);
      return tab.evaluate(cutOff);
    };
    const name = 'Start chatting';
    expect(await look('')).toEqual({ inSight: [], scrolledTo: [] });
    expect((await look('position: relative; left: 60px')).scrolledTo).toEqual([name]);
    expect((await look('width: 60px; overflow: hidden; white-space: nowrap')).scrolledTo).toEqual([name]);
    expect((await look('margin-top: 600px')).inSight).toEqual([name]);
  });
});
