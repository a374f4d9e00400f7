import { type DevicesDialog, devicesDialog } from './dom/dialogs/devices-dialog.ts';
import type { CurrentSession } from './session/current-session.ts';

/** The dialogs about people, which come with the chat: nobody needs them before. */
export type PeopleDialogs = {
  readonly devices: DevicesDialog;
  close(): void;
};

export function peopleDialogs(session: CurrentSession): PeopleDialogs {
  const devices = devicesDialog(() => session.required().client);
  return {
    devices,
    close() {
      devices.close();
    },
  };
}
