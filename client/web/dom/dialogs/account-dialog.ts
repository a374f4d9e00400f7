import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import type { ExportedData } from '../../../privacy/export-data.ts';
import { personName } from '../../../words/person-name.ts';
import { byId, setText } from '../elements/elements.ts';
import { exportSection } from './export-section.ts';
import { questionDialog } from './question-dialog.ts';
import { showTerms } from './terms.ts';

export type AccountDialog = {
  show(userId: string, hello: HelloResult | undefined): void;
  close(): void;
};

export type AccountActions = {
  signOut(): void;
  settings(): void;
  devices(): void;
  withdraw(): ReturnType<LapseClient['withdrawConsent']>;
  withdrawn(): void;
  erase(): Promise<unknown>;
  collect(): Promise<ExportedData>;
};

/** Under one's own name: what one has agreed to, and the ways out. */
export function accountDialog(actions: AccountActions): AccountDialog {
  const account = byId('account', HTMLDialogElement);
  const on = (id: string, run: () => void) => byId(id).addEventListener('click', run);

  const withdrawal = questionDialog({
    name: 'withdrawal',
    title: 'Withdraw your agreement?',
    text: 'You can then neither send nor receive messages, on no device, until you agree again. What you have sent disappears when its time is over.',
    confirm: 'Withdraw',
    async act() {
      await actions.withdraw();
      close();
      actions.withdrawn();
    },
  });
  const erasure = questionDialog({
    name: 'erasure',
    title: 'Erase your account?',
    text: 'All that you wrote goes for everybody, and so do your profile and your conversations. You are signed out everywhere. It cannot be brought back.',
    confirm: 'Erase everything',
    // The session ends by itself, with the receipt.
    async act() {
      await actions.erase();
      close();
    },
  });

  const exported = exportSection(actions.collect);

  function close(): void {
    withdrawal.close();
    erasure.close();
    account.close();
    exported.clear();
  }

  on('account-close', close);
  on('sign-out', () => {
    close();
    actions.signOut();
  });
  on('settings-button', actions.settings);
  on('devices-button', actions.devices);
  on('withdraw', withdrawal.ask);
  on('erase-account', erasure.ask);
  return {
    show(userId, hello) {
      setText(byId('account-name'), personName(userId));
      if (hello !== undefined) showTerms('account', hello);
      account.showModal();
      byId('account-close').focus();
    },
    close,
  };
}
