import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { reactionWords } from '../../words/reaction-words.ts';
import { renderState } from '../rendering/render.ts';
import { renderReceipt } from '../rendering/render-receipt.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { Screen } from '../screen/screen.ts';
import type { ConversationView } from './conversation-view.ts';

/** Writes what happens without anybody at this terminal having asked for it. */
export function announceEvents(client: LapseClient, view: ConversationView, { write, style }: Screen): void {
  client.on('message', view.show);
  client.on('expired', ({ length }) =>
    write(style.dim(length === 1 ? '1 message has expired' : `${length} messages have expired`)),
  );
  client.on('erased', (messages) => {
    for (const [id, seqs] of seqsByConversation(messages))
      write(style.dim(`erased in ${view.name(id)}: ${seqs.map((seq) => `no. ${seq}`).join(', ')}`));
  });
  // As it is now, with its number: what stands above cannot be written over.
  client.on('changed', view.show);
  client.on('reacted', ({ conversationId, seq, reactions }) => {
    if (view.current() === conversationId)
      write(style.dim(safeLine(`no. ${seq}: ${reactionWords(reactions)}`)));
  });
  client.on('pinned', ({ conversationId, seq, on }) => {
    if (view.current() === conversationId)
      write(style.dim(on ? `no. ${seq} is pinned` : `no. ${seq} is not pinned any more`));
  });
  client.on('members', ({ conversationId, removed, by }) => {
    const me = client.hello()?.userId;
    if (me === undefined || !removed.includes(me) || by === me) return;
    write(
      style.warning(
        view.current() === conversationId ? 'you are no longer in it' : 'you were taken out of a group',
      ),
    );
    if (view.current() === conversationId) view.leave();
  });
  client.on('erasure', (receipt) => write(renderReceipt(receipt, style)));

  let away = false;
  let chatting = false;
  client.on('state', (state) => {
    const text = renderState(state, { away, chatting, waiting: client.unsent().length }, style);
    // A session that is replaced at once is nobody's business.
    if (state.name === 'reconnecting') away ||= state.delayMs > 0;
    else away = false;
    if (state.name === 'online') chatting = true;
    if (text !== undefined) write(text);
  });
}

function seqsByConversation(messages: readonly MessageBody[]): ReadonlyMap<string, readonly number[]> {
  const seqs = new Map<string, number[]>();
  for (const { conversationId, seq } of messages)
    seqs.set(conversationId, [...(seqs.get(conversationId) ?? []), seq]);
  return seqs;
}
