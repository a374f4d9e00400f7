import type { Tab } from '../../../support/chromium-tab.ts';

/** Fills in the dialog for a new chat, by keyboard, from the kind that is chosen there at first. */
export async function begin(
  tab: Tab,
  kind: 'direct' | 'group' | 'room',
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await tab.tabTo('new-chat-button');
  await tab.press('Enter');
  await tab.until(`document.activeElement?.id === 'other'`);
  if (kind !== 'direct') await tab.press('Shift+Tab');
  for (let step = 0; step < ['direct', 'group', 'room'].indexOf(kind); step += 1)
    await tab.press('ArrowRight');
  for (const [id, words] of Object.entries(fields)) {
    await tab.tabTo(id);
    await tab.type(words);
  }
  await tab.tabTo('new-chat-begin');
  await tab.press('Enter');
  await tab.until(`!document.querySelector('#new-chat').open`);
}

/** The dialog about the chat that lies open. */
export async function openAbout(tab: Tab): Promise<void> {
  await tab.evaluate(`document.querySelector('#about-button').focus()`);
  await tab.press('Enter');
  await tab.until(`document.querySelector('#about').open`);
}

/** What a person reads in the messages, each by its text. */
export const texts = `[...document.querySelectorAll('.message .text')].filter((each) => each.checkVisibility()).map((each) => each.textContent)`;
export const shows = (words: string) => `${texts}.includes(${JSON.stringify(words)})`;

/** Writes into the chat that lies open. */
export async function say(tab: Tab, words: string): Promise<void> {
  await tab.tabTo('text');
  await tab.type(words);
  await tab.press('Enter');
}
