import type { LapseClient } from '../../../lapse-client.ts';
import { personName } from '../../../words/person-name.ts';
import { preview } from '../media/media-view.ts';
import type { Quote } from './message-rows.ts';

/** Characters of what is quoted. */
const longest = 140;

/** What is shown of the message that a reply answers to: nothing of what is gone, of an event, and of whom one blocks. */
export function quoteOf(
  client: Pick<LapseClient, 'quoted' | 'blocked'>,
  conversationId: string,
  seq: number,
  me: string,
): Quote | undefined {
  const message = client.quoted(conversationId, seq);
  if (message === undefined || message.content.type === 'event' || client.blocked().has(message.from))
    return undefined;
  const text = [...preview(message.content)].slice(0, longest).join('');
  return { seq, name: message.from === me ? 'You' : personName(message.from), text };
}
