import type { Erasure } from '../../wire/server-frame.ts';
import { receiptLine, receiptTitle } from '../../words/receipt-words.ts';
import type { Style } from '../screen/style.ts';
import { safeLine } from './safe-text.ts';

/** What concerns the request, a line for each store. */
export function renderReceipt(receipt: Erasure, style: Style): string {
  const lines = receipt.stores
    .filter(({ outcome }) => outcome !== 'not concerned')
    .map((line) => style.dim(`  ${safeLine(receiptLine(line))}`));
  return [style.bold(safeLine(receiptTitle(receipt))), ...lines].join('\n');
}
