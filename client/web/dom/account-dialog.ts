import type { HelloResult } from '../../../shared/protocol/server-frames.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { errorWords } from '../model/error-words.ts';
import { byId, setText } from './elements.ts';
import { showTerms } from './terms.ts';

export type AccountDialog = {
  show(userId: string, hello: HelloResult | undefined): void;
  close(): void;
};

export type AccountActions = {
  signOut(): void;
  withdraw(): ReturnType<LapseClient['withdrawConsent']>;
  withdrawn(): void;
};

/** Under one's own name: what one has agreed to, and the two ways out. */
export function accountDialog(actions: AccountActions): AccountDialog {
  const account = byId('account', HTMLDialogElement);
  const withdrawal = byId('withdrawal', HTMLDialogElement);
  const error = byId('withdrawal-error', HTMLElement);
  const confirm = byId('withdrawal-confirm', HTMLButtonElement);
  const on = (id: string, run: () => void) => byId(id, HTMLElement).addEventListener('click', run);

  function close(): void {
    withdrawal.close();
    account.close();
  }

  async function withdraw(): Promise<void> {
    setText(error, '');
    confirm.disabled = true;
    try {
      await actions.withdraw();
      close();
      actions.withdrawn();
    } catch (fault) {
      setText(error, errorWords(fault));
    } finally {
      confirm.disabled = false;
    }
  }

  on('account-close', close);
  on('sign-out', () => {
    close();
    actions.signOut();
  });
  on('withdraw', () => {
    setText(error, '');
    withdrawal.showModal();
    // The harmless answer first.
    byId('withdrawal-cancel', HTMLElement).focus();
  });
  on('withdrawal-cancel', () => withdrawal.close());
  on('withdrawal-confirm', () => void withdraw());
  return {
    show(userId, hello) {
      setText(byId('account-name', HTMLElement), userId);
      if (hello !== undefined) showTerms('account', hello);
      account.showModal();
      byId('account-close', HTMLElement).focus();
    },
    close,
  };
}
