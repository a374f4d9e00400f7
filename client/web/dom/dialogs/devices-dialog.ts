import type { LapseClient } from '../../../lapse-client.ts';
import { dayLabel, timeOfDay } from '../../model/words/day-label.ts';
import { byId, make, setText } from '../elements/elements.ts';
import { linkButton } from '../elements/link-button.ts';
import { attempt } from './attempt.ts';

export type DevicesDialog = { show(): void; close(): void };

export type DevicesActions = Pick<LapseClient, 'devices' | 'now'>;
type Device = Awaited<ReturnType<LapseClient['devices']>>[number];

/** The open connections of whoever is signed in, each of which can be ended. */
export function devicesDialog(client: () => DevicesActions): DevicesDialog {
  const dialog = byId('devices', HTMLDialogElement);
  const list = byId('device-list');
  const attempted = attempt(byId('devices-error'), byId('devices-done'));

  function item({ id, connectedAt, current }: Device): HTMLElement {
    const since = `since ${dayLabel(connectedAt, client().now())}, ${timeOfDay(connectedAt)}`;
    const words = make(
      'span',
      'member-words',
      make('span', 'member-name', current ? 'Here, in this tab' : 'Somewhere else'),
      ' ',
      make('span', 'quiet', since),
    );
    if (current) return make('li', '', words);
    const end = linkButton('Sign out there', () => {
      void attempted(async () => {
        fill(await client().devices(id));
        byId('devices-close').focus();
      }, 'It is signed out.');
    });
    end.ariaLabel = `Sign out there: ${since}`;
    return make('li', '', words, make('span', 'member-acts', end));
  }

  function fill(devices: readonly Device[]): void {
    const newest = devices.toSorted(
      (a, b) => Number(b.current) - Number(a.current) || b.connectedAt - a.connectedAt,
    );
    list.replaceChildren(...newest.map(item));
  }

  byId('devices-close').addEventListener('click', () => dialog.close());
  return {
    show() {
      setText(list, '');
      void attempted(async () => fill(await client().devices()));
      dialog.showModal();
      byId('devices-close').focus();
    },
    close: () => dialog.close(),
  };
}
