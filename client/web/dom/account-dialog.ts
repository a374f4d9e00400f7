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
  erase(): Promise<unknown>;
};

/** Under one's own name: what one has agreed to, and the ways out. */
export function accountDialog(actions: AccountActions): AccountDialog {
  const account = byId('account', HTMLDialogElement);
  const withdrawal = byId('withdrawal', HTMLDialogElement);
  const erasure = byId('erasure', HTMLDialogElement);
  const on = (id: string, run: () => void) => byId(id, HTMLElement).addEventListener('click', run);

  function close(): void {
    withdrawal.close();
    erasure.close();
    account.close();
  }

  /** A question with the harmless answer first; `name` is that of the dialog and the beginning of its parts'. */
  function question(name: string, opener: string, act: () => Promise<unknown>): void {
    const dialog = byId(name, HTMLDialogElement);
    const error = byId(`${name}-error`, HTMLElement);
    const confirm = byId(`${name}-confirm`, HTMLButtonElement);

    async function answer(): Promise<void> {
      setText(error, '');
      confirm.disabled = true;
      try {
        await act();
      } catch (fault) {
        setText(error, errorWords(fault));
      } finally {
        confirm.disabled = false;
      }
    }

    on(opener, () => {
      setText(error, '');
      dialog.showModal();
      byId(`${name}-cancel`, HTMLElement).focus();
    });
    on(`${name}-cancel`, () => dialog.close());
    on(`${name}-confirm`, () => void answer());
  }

  on('account-close', close);
  on('sign-out', () => {
    close();
    actions.signOut();
  });
  question('withdrawal', 'withdraw', async () => {
    await actions.withdraw();
    close();
    actions.withdrawn();
  });
  // The session ends by itself, with the receipt.
  question('erasure', 'erase-account', async () => {
    await actions.erase();
    close();
  });
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
