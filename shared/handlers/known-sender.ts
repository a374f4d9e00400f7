import type { Senders } from '../configuration/senders.ts';
import { senderIdOf } from '../protocol/sender-id.ts';
import { OperatorError } from './operator-error.ts';

/** What the configuration says of the sender. */
export function knownSender(senders: Senders, senderId: string): Senders[string] {
  const found = Object.entries(senders).find(([name]) => senderIdOf(name) === senderId);
  if (found !== undefined) return found[1];
  const ids = Object.keys(senders).map(senderIdOf).join(', ');
  throw new OperatorError(
    'UNKNOWN_SENDER',
    ids === ''
      ? 'there are no senders: name one under senders in lapse.config.json, and deploy'
      : `no such sender: there are ${ids}`,
  );
}
