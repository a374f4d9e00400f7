import type { Senders } from '../configuration/senders.ts';
import type { ContactsAmong } from '../conversations/contacts-among.ts';
import { othersView } from '../profiles/profile-view.ts';
import { senderIdOf } from '../protocol/sender-id.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';

/** What somebody lets the other one call them; undefined: nothing. */
export type NicknameOf = (userId: string, readerId: string) => Promise<string | undefined>;

export type NicknameOfDeps = {
  readonly profiles: Pick<ProfileStore, 'read'>;
  readonly profileRetention: AskRetention;
  readonly contactsAmong: ContactsAmong;
  readonly senders: Senders;
};

export function nicknameOf({
  profiles,
  profileRetention,
  contactsAmong,
  senders,
}: NicknameOfDeps): NicknameOf {
  const own = new Map(Object.entries(senders).map(([name, { nickname }]) => [senderIdOf(name), nickname]));
  return async (userId, readerId) => {
    const known = own.get(userId);
    if (known !== undefined) return known;
    const [[profile], contacts] = await Promise.all([
      profiles.read([userId]),
      contactsAmong(readerId, [userId]),
    ]);
    if (profile === undefined || !isProfileReadable(profile, await profileRetention())) return undefined;
    const { nickname } = othersView(profile, contacts.has(userId));
    return nickname;
  };
}
