import type { Erasure } from '../../../wire/server-frame.ts';
import { receiptLine, receiptTitle } from '../../../words/receipt-words.ts';
import { byId, setText } from '../elements/elements.ts';

export type ReceiptDialog = { show(receipt: Erasure): void };

/** Stays when the session ends, until it is closed. */
export function receiptDialog(): ReceiptDialog {
  const dialog = byId('receipt', HTMLDialogElement);
  byId('receipt-close').addEventListener('click', () => dialog.close());
  return {
    show(receipt) {
      setText(byId('receipt-title'), receiptTitle(receipt));
      setText(byId('receipt-id'), receipt.requestId);
      const lines = receipt.stores
        .filter(({ outcome }) => outcome !== 'not concerned')
        .map((line) => Object.assign(document.createElement('li'), { textContent: receiptLine(line) }));
      byId('receipt-lines').replaceChildren(...lines);
      if (!dialog.open) dialog.showModal();
      byId('receipt-close').focus();
    },
  };
}
