import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { Clock, EpochSeconds } from '../time.ts';

export type GiveTitleDeps = {
  readonly conversations: Pick<ConversationStore, 'prolongMember'>;
  /** Undefined where profiles are not stored: there no title is kept either. */
  readonly titles:
    | {
        readonly store: Pick<TitleStore, 'put' | 'read'>;
        readonly retentionSeconds: number;
        readonly retention: AskRetention;
      }
    | undefined;
  readonly now: Clock;
};

/** So long after its end a title may still be there. */
const foundForSeconds = 86_400;

/**
 * Where nobody writes a conversation is over in a day: by its author's row the title is found as long as it is there. Of one that is
 * opened again, the title stays that it has by now.
 */
export async function giveTitle(
  { titles, conversations, now }: GiveTitleDeps,
  given: { readonly by: string; readonly conversationId: string; readonly title: string },
  held: boolean,
): Promise<void> {
  if (titles === undefined) return;
  if ((await titles.store.read([given.conversationId])).length > 0) return;
  // Asked, so that all functions know of the retention by which it is stamped.
  await titles.retention();
  const updatedAt = now();
  const expiresAt = expiryOf(updatedAt, titles.retentionSeconds);
  await conversations.prolongMember(
    given.conversationId,
    given.by,
    (expiresAt + foundForSeconds) as EpochSeconds,
  );
  await titles.store.put({ ...given, updatedAt, expiresAt }, held);
}
