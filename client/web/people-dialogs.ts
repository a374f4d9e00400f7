import { type AboutDialog, aboutDialog } from './dom/about/about-dialog.ts';
import { type DevicesDialog, devicesDialog } from './dom/dialogs/devices-dialog.ts';
import { type EditDialog, editDialog } from './dom/dialogs/edit-dialog.ts';
import { type ForwardDialog, forwardDialog } from './dom/dialogs/forward-dialog.ts';
import { type PinsDialog, pinsDialog } from './dom/dialogs/pins-dialog.ts';
import { type ReactionDialog, reactionDialog } from './dom/dialogs/reaction-dialog.ts';
import { type ReportDialog, reportDialog } from './dom/dialogs/report-dialog.ts';
import { type SearchDialog, searchDialog } from './dom/dialogs/search-dialog.ts';
import { type SettingsDialog, settingsDialog } from './dom/dialogs/settings-dialog.ts';
import type { CurrentSession } from './session/current-session.ts';

/** The dialogs about people and what they wrote, which come with the chat: nobody needs them before. */
export type PeopleDialogs = {
  readonly about: AboutDialog;
  readonly settings: SettingsDialog;
  readonly devices: DevicesDialog;
  readonly report: ReportDialog;
  readonly edit: EditDialog;
  readonly reaction: ReactionDialog;
  readonly search: SearchDialog;
  readonly pins: PinsDialog;
  readonly forward: ForwardDialog;
  close(): void;
};

export function peopleDialogs(session: CurrentSession, onLeft: () => void): PeopleDialogs {
  const about = aboutDialog({ session: session.required, onLeft });
  const devices = devicesDialog(() => session.required().client);
  const settings = settingsDialog((changes) => session.required().client.settings(changes));
  const report = reportDialog({
    report: async (...named) => session.required().client.report(...named),
  });
  const reaction = reactionDialog({
    react: async (...given) => session.required().client.react(...given),
  });
  const edit = editDialog(() => session.required().client);
  const search = searchDialog(() => session.required().client);
  const pins = pinsDialog({
    pinned: () => session.required().chat.pinned(),
    mayPin: () => session.required().chat.mayPin(),
    unpin: async ({ conversationId, seq }) => session.required().client.pin(conversationId, seq, false),
    now: () => session.required().client.now(),
  });
  const forward = forwardDialog(
    () => session.required().client,
    () => session.required().userId,
  );
  return {
    about,
    settings,
    devices,
    report,
    edit,
    reaction,
    search,
    pins,
    forward,
    close() {
      about.close();
      settings.close();
      devices.close();
      report.close();
      edit.close();
      reaction.close();
      search.close();
      pins.close();
      forward.close();
    },
  };
}
