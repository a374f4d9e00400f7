import { make, setOptional } from '../elements/elements.ts';
import { linkButton } from '../elements/link-button.ts';
import type { MessagePart } from './message-part.ts';

/** Why a message was not sent, and what can be done about it. */
export function failureNote({
  retry,
  edit,
  discard,
}: {
  retry(): void;
  edit(): void;
  discard(): void;
}): MessagePart {
  const reason = make('span');
  reason.role = 'alert';
  const retryButton = linkButton('Try again', retry);
  const element = make(
    'p',
    'failure',
    reason,
    retryButton,
    linkButton('Edit', edit),
    linkButton('Discard', discard),
  );
  return {
    element,
    update(row) {
      setOptional(reason, row.reason);
      element.hidden = row.status !== 'failed' && row.status !== 'waiting';
      retryButton.hidden = !row.retryable;
    },
  };
}
