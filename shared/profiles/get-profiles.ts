import type { Senders } from '../configuration/senders.ts';
import type { ContactsAmong } from '../conversations/contacts-among.ts';
import type { Profile, ProfileResult } from '../protocol/profile/table.ts';
import { senderIdOf } from '../protocol/sender-id.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { othersView, ownView } from './profile-view.ts';

export type GetProfilesDeps = {
  readonly profiles: Pick<ProfileStore, 'read'>;
  readonly contactsAmong: ContactsAmong;
  readonly blocks: Pick<BlockStore, 'blockersAmong'>;
  readonly retention: AskRetention;
  /** The operator's own, whose profiles are in the configuration. */
  readonly senders: Senders;
};

/** The reply is one frame of at most 32 KB; what stays free takes the ids of `next`. */
const pageBytes = 18_000;

/** In the order asked for; an id of which nothing may be seen comes back alone, whoever it is. */
export async function getProfiles(
  deps: GetProfilesDeps,
  reader: string,
  asked: readonly string[],
): Promise<ProfileResult> {
  const userIds = [...new Set(asked)];
  const others = userIds.filter((userId) => userId !== reader);
  // Of everybody asked for, so that the calls say nothing of who has a profile or hides it.
  const [stored, contacts, blockers] = await Promise.all([
    deps.profiles.read(userIds),
    deps.contactsAmong(reader, others),
    deps.blocks.blockersAmong(reader, others),
    deps.retention(),
  ]);
  const retention = await deps.retention();
  const live = stored.filter((each) => isProfileReadable(each, retention) && !blockers.has(each.userId));
  const views = new Map(
    live.map((profile) => [
      profile.userId,
      profile.userId === reader
        ? ownView(profile, retention)
        : othersView(profile, contacts.has(profile.userId)),
    ]),
  );
  for (const view of senderViews(deps.senders)) views.set(view.userId, view);
  return firstPage(userIds.map((userId) => views.get(userId) ?? { userId }));
}

function senderViews(senders: Senders): readonly Profile[] {
  return Object.entries(senders).map(([name, { messagesPerSecond: _rate, ...shown }]) => ({
    userId: senderIdOf(name),
    ...shown,
  }));
}

/** `next`: the ids still to be asked for. */
function firstPage(profiles: readonly Profile[]): ProfileResult {
  let bytes = 0;
  const fit = profiles.findIndex((profile) => {
    bytes += Buffer.byteLength(JSON.stringify(profile)) + 1;
    return bytes > pageBytes;
  });
  if (fit === -1) return { profiles };
  return { profiles: profiles.slice(0, fit), next: profiles.slice(fit).map(({ userId }) => userId) };
}
