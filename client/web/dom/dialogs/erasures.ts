import type { EraseResult } from '../../../../shared/protocol/erasure/table.ts';
import type { Fields } from '../../../wire/actions.ts';
import { LapseError } from '../../../wire/lapse-error.ts';
import { questionDialog } from './question-dialog.ts';

type Target = Fields<'erase'>;

/** Asks before anything of one's own is erased. */
export type Erasures = {
  message(conversationId: string, seq: number): void;
  conversation(conversationId: string): void;
  close(): void;
};

export type ErasureActions = {
  erase(target: Target): Promise<EraseResult>;
  /** The question has been answered with a yes. */
  onErased(): void;
};

export function erasures({ erase, onErased: begun }: ErasureActions): Erasures {
  let target: Target | undefined;

  async function act(): Promise<void> {
    if (target === undefined) return;
    const { state } = await erase(target);
    if (state !== 'accepted') throw new LapseError('LEGAL_HOLD', 'a legal hold keeps it', false);
    close();
    begun();
  }

  const message = questionDialog({
    name: 'erase-message',
    title: 'Erase this message?',
    text: 'It goes for everybody, with what it brought. It cannot be brought back.',
    confirm: 'Erase it',
    act,
  });
  const conversation = questionDialog({
    name: 'erase-conversation',
    title: 'Erase what you wrote here?',
    text: 'All your messages in this chat go for everybody; those of others stay. It cannot be brought back.',
    confirm: 'Erase them',
    act,
  });

  function close(): void {
    message.close();
    conversation.close();
  }

  return {
    message(conversationId, seq) {
      target = { scope: 'message', conversationId, seq };
      message.ask();
    },
    conversation(conversationId) {
      target = { scope: 'conversation', conversationId };
      conversation.ask();
    },
    close,
  };
}
