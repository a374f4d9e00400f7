import { setTimeout as wait } from 'node:timers/promises';

/** For what MiniStack's own pollers do: asks until it is so, and gives up after so many seconds. */
export async function eventually(
  condition: () => Promise<boolean>,
  what: string,
  seconds = 20,
): Promise<void> {
  const late = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > late) throw new Error(`not within ${seconds} s: ${what}`);
    await wait(200);
  }
}
