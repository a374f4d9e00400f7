import type { LapseClient } from '../../../lapse-client.ts';
import { byId } from '../elements/elements.ts';
import { attempt } from './attempt.ts';

export type SettingsDialog = { show(): void; close(): void };

type Settings = Awaited<ReturnType<LapseClient['settings']>>;

/** What others see of whoever is signed in; each change is kept at once. */
export function settingsDialog(ask: LapseClient['settings']): SettingsDialog {
  const dialog = byId('settings', HTMLDialogElement);
  const deliveries = byId('deliveries', HTMLInputElement);
  const reads = byId('reads', HTMLInputElement);
  const presence = byId('presence', HTMLSelectElement);
  const lastActive = byId('last-active', HTMLSelectElement);
  const attempted = attempt(byId('settings-error'), byId('settings-done'));
  const fields = [deliveries, reads, presence, lastActive];
  let kept: Settings | undefined;

  function fill(settings: Settings | undefined): void {
    kept = settings;
    for (const field of fields) field.disabled = settings === undefined;
    if (settings === undefined) return;
    deliveries.checked = settings.deliveries;
    reads.checked = settings.reads;
    presence.value = settings.presence;
    lastActive.value = settings.lastActive;
  }

  async function change(field: HTMLElement, changes: Parameters<LapseClient['settings']>[0]): Promise<void> {
    const before = kept;
    const done = await attempted(async () => fill(await ask(changes)), 'Kept.');
    // What was not accepted does not stand there as if it were.
    if (!done) fill(before);
    field.focus();
  }

  deliveries.addEventListener('change', () => void change(deliveries, { deliveries: deliveries.checked }));
  reads.addEventListener('change', () => void change(reads, { reads: reads.checked }));
  presence.addEventListener('change', () => {
    const { value } = presence;
    if (value === 'everyone' || value === 'contacts' || value === 'nobody')
      void change(presence, { presence: value });
  });
  lastActive.addEventListener('change', () => {
    const { value } = lastActive;
    if (value === 'minute' || value === 'hour' || value === 'day' || value === 'never')
      void change(lastActive, { lastActive: value });
  });
  byId('settings-close').addEventListener('click', () => dialog.close());
  return {
    show() {
      fill(undefined);
      void attempted(async () => fill(await ask()));
      dialog.showModal();
      byId('settings-close').focus();
    },
    close: () => dialog.close(),
  };
}
