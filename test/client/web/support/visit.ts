import type { LocalSystem } from '../../../../infra/local/system/local-system.ts';
import { connect, grant } from '../../../support/chat-person.ts';
import type { Browser } from '../../../support/chromium.ts';
import type { Tab } from '../../../support/chromium-tab.ts';

/** Somebody who has consented before, at a tab of their own. */
export async function visit(
  browser: Browser,
  system: LocalSystem,
  name: string,
  permissions: readonly string[] = [],
): Promise<Tab> {
  const person = await connect(system, name);
  await person.call('consent', grant);
  person.socket.close();
  const tab = await browser.open(system.webUrl, permissions);
  await tab.until(`document.activeElement?.id === 'name'`);
  await tab.type(name);
  await tab.press('Enter');
  await tab.until(`document.querySelector('#sign-in').hidden`);
  return tab;
}

/** Opens the conversation that is called so, by keyboard. */
export async function enter(tab: Tab, name: string): Promise<void> {
  const button = `[...document.querySelectorAll('.item')]
    .find((item) => item.querySelector('.item-name').textContent === ${JSON.stringify(name)})`;
  await tab.until(`${button} !== undefined`);
  await tab.evaluate(`${button}.focus()`);
  await tab.press('Enter');
  await tab.until(`document.activeElement?.id === 'text'`);
}
