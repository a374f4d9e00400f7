import { isMediaContent } from '../../../shared/protocol/messages/media-content.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../../lapse-client.ts';
import type { Erasure } from '../../wire/server-frame.ts';
import type { ConsentDialog } from '../dom/dialogs/consent-dialog.ts';
import { preview } from '../model/media/media-view.ts';
import { endNotice } from '../model/words/end-notice.ts';

export type ClientEventHandlers = {
  readonly userId: string;
  readonly consent: ConsentDialog;
  readonly announce: (words: string, about?: MessageBody) => void;
  readonly onReceipt: (receipt: Erasure) => void;
  /** Messages whose time is over, or that were erased. */
  readonly onGone: (messages: readonly MessageBody[]) => void;
  /** The session is over, for the reason that is to be shown. */
  readonly onEnd: (notice: string) => void;
};

/** What the page does when the client says that something has happened, beside showing its new state. */
export function handleClientEvents(
  client: LapseClient,
  { userId, consent, announce, onReceipt, onGone, onEnd }: ClientEventHandlers,
): void {
  client.on('state', (state) => {
    if (state.name === 'consent-required')
      consent.ask(client, state.hello, () => onEnd('You can sign in again whenever you like.'));
    else if (state.name === 'online') consent.close();
    else if (state.name === 'refused') onEnd(endNotice(state.cause.code));
    else if (state.name === 'closed' && state.reason !== undefined) onEnd(endNotice(state.reason));
  });
  client.on('erasure', (receipt) => {
    if (receipt.scope === 'message') announce('The message is erased.');
    else onReceipt(receipt);
  });
  client.on('expired', onGone);
  client.on('erased', onGone);
  client.on('message', (message) => {
    const { from, content } = message;
    if (from === userId && isMediaContent(content)) announce(`Sent. ${preview(content)}`, message);
  });
}
