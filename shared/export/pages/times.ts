import { type Html, html } from './html.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });

/** 2027-01-15 08:00 */
export function minute(millis: number): Html {
  const iso = new Date(millis).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)}</time>`;
}

/** 08:00 */
export function clock(millis: number): Html {
  const iso = new Date(millis).toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 16)}</time>`;
}

/** Friday, 15 January 2027 */
export function dayOf(millis: number): string {
  return day.format(millis);
}
