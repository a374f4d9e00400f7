import { type AccountDialog, accountDialog } from './dom/dialogs/account-dialog.ts';
import { type ConsentDialog, consentDialog } from './dom/dialogs/consent-dialog.ts';
import { type Erasures, erasures } from './dom/dialogs/erasures.ts';
import { type NewChatDialog, newChatDialog } from './dom/dialogs/new-chat-dialog.ts';
import { type ReceiptDialog, receiptDialog } from './dom/dialogs/receipt-dialog.ts';
import type { PeopleDialogs } from './people-dialogs.ts';
import type { CurrentSession } from './session/current-session.ts';

/** The dialogs of the page; what they ask for, the session of whoever is signed in does. */
export type PageDialogs = {
  readonly consent: ConsentDialog;
  readonly newChat: NewChatDialog;
  readonly erasures: Erasures;
  readonly account: AccountDialog;
  /** Stays when its person signs out. */
  readonly receipt: ReceiptDialog;
  close(): void;
};

export type PageDialogsOptions = {
  readonly session: CurrentSession;
  readonly focusConversation: () => void;
  readonly signOut: (notice: string) => void;
  /** Undefined before the chat has come. */
  readonly people: () => PeopleDialogs | undefined;
};

export function pageDialogs({
  session,
  focusConversation,
  signOut,
  people,
}: PageDialogsOptions): PageDialogs {
  const consent = consentDialog();
  const newChat = newChatDialog(() => {
    session.get()?.show();
    focusConversation();
  });
  const erasing = erasures({
    erase: async (target) => session.required().client.erase(target),
    onErased: focusConversation,
  });
  const account = accountDialog({
    signOut: () => signOut('You have signed out.'),
    settings: () => people()?.settings.show(),
    devices: () => people()?.devices.show(),
    withdraw: async () => session.required().client.withdrawConsent(),
    erase: async () => session.required().client.erase({ scope: 'account' }),
    collect: async () => session.required().client.exportData(),
    withdrawn: () => signOut('Your agreement is withdrawn. You can agree again whenever you like.'),
  });
  return {
    ...{ consent, newChat, erasures: erasing, account, receipt: receiptDialog() },
    close() {
      consent.close();
      account.close();
      erasing.close();
      people()?.close();
    },
  };
}
