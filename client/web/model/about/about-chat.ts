import type { LapseClient } from '../../../lapse-client.ts';
import { LapseError } from '../../../wire/lapse-error.ts';
import { conversationName } from '../../../words/conversation-name.ts';
import { listedNames } from '../../../words/listed-names.ts';
import { personName, userIdOf } from '../../../words/person-name.ts';
import type { AboutView } from './about-view.ts';
import { type MemberAct, memberRows, type ShownMember } from './member-rows.ts';

export type AboutClient = Pick<
  LapseClient,
  | 'conversations'
  | 'roster'
  | 'changeMembers'
  | 'retitle'
  | 'block'
  | 'blocked'
  | 'on'
  | 'unwatch'
  | 'mute'
  | 'arrange'
>;

/** What a dialog shows about one chat and can do to it. */
export type AboutChat = {
  /** Undefined once it is not one's own any more. */
  view(): AboutView | undefined;
  act(userId: string, act: MemberAct): Promise<unknown>;
  /** Takes names as people write them; says what has come of it. */
  add(names: string): Promise<string>;
  /** What the group is called; an empty one: nothing any more. */
  retitle(title: string): Promise<unknown>;
  mute(until: number): Promise<unknown>;
  arrange(changes: { readonly pinned?: boolean; readonly hidden?: boolean }): Promise<unknown>;
  /** The next page of its members. */
  more(): Promise<unknown>;
  leave(): Promise<unknown>;
  end(): Promise<unknown>;
  /** Nobody looks any more. */
  stop(): void;
};

export type AboutChatOptions = {
  readonly client: AboutClient;
  readonly me: string;
  readonly conversationId: string;
  readonly changed: () => void;
};

export function aboutChat({ client, me, conversationId, changed }: AboutChatOptions): AboutChat {
  let members: readonly ShownMember[] = [];
  let next: string | undefined;

  const summary = () => client.conversations().find((each) => each.conversationId === conversationId);

  async function load(cursor?: string): Promise<void> {
    if (summary()?.kind !== 'group') return;
    const page = await client.roster(conversationId, cursor);
    const read = page.members.map((userId) => ({ userId, role: page.roles[userId] ?? 'member' }) as const);
    members = cursor === undefined ? read : [...members, ...read];
    next = page.next;
    changed();
  }

  /** What could not be read is asked for again when something happens. */
  const reload = () =>
    load().catch((error: unknown) => {
      if (!(error instanceof LapseError)) throw error;
    });

  const offs = [
    client.on('members', (push) => {
      if (push.conversationId === conversationId) void reload();
    }),
    client.on('conversations', changed),
    client.on('blocked', changed),
  ];
  void reload();

  const changeMembers = (change: Parameters<LapseClient['changeMembers']>[1]) =>
    client.changeMembers(conversationId, change);

  return {
    view() {
      const found = summary();
      if (found === undefined) return undefined;
      const { kind, members: listed = [], role, memberCount } = found;
      const other = listed.find(({ userId }) => userId !== me)?.userId;
      const blocked = client.blocked();
      const common = {
        conversationId,
        name: conversationName(found, me),
        mutedUntil: found.muted ?? 0,
        pinned: found.pinned === true,
        hidden: found.hidden === true,
      };
      if (kind === 'direct')
        return {
          ...common,
          ...(other !== undefined && {
            other: { userId: other, name: personName(other), blocked: blocked.has(other) },
            ...(blocked.has(other) && { note: blockedWords(personName(other)) }),
          }),
        };
      if (kind === 'room') return { ...common, address: conversationId };
      const shown = members.length > 0 ? members : listed;
      const mine = shown.find(({ userId }) => userId === me)?.role ?? role;
      return {
        ...common,
        group: {
          members: memberRows(shown, { userId: me, role: mine }, blocked),
          count: memberCount,
          more: next !== undefined,
          owns: mine === 'owner',
          ...(mine !== 'member' && { title: found.title ?? '' }),
        },
      };
    },
    async act(userId, act) {
      if (act === 'block' || act === 'unblock') await client.block(userId, act === 'block');
      else if (act === 'remove') await changeMembers({ remove: [userId] });
      else await changeMembers({ role: { userId, role: act } });
      await reload();
    },
    async add(names) {
      const written = listedNames(names);
      const wrong = written.find((name) => userIdOf(name) === undefined);
      if (wrong !== undefined) return `“${wrong}” cannot be a name here.`;
      const ids = written.flatMap((name) => userIdOf(name) ?? []);
      if (ids.length === 0) return 'Please enter a name.';
      const { waiting = [] } = await changeMembers({ add: ids });
      await reload();
      const said = ids.length > waiting.length ? ['Added.'] : [];
      return [...said, ...(waiting.length > 0 ? [waitingWords(waiting)] : [])].join(' ');
    },
    retitle: (title) => client.retitle(conversationId, title.trim() === '' ? null : title),
    mute: (until) => client.mute(conversationId, until),
    arrange: (changes) => client.arrange(conversationId, changes),
    more: () => load(next),
    leave: () =>
      summary()?.kind === 'room' ? client.unwatch(conversationId) : changeMembers({ leave: true }),
    end: () => changeMembers({ close: true }),
    stop() {
      for (const off of offs) off();
    },
  };
}

/** No more is known of them than that they are awaited. */
const waitingWords = (ids: readonly string[]): string =>
  `${ids.map(personName).join(', ')} will be in it when they come.`;

const blockedWords = (name: string): string => `You block ${name}: what they write does not reach you.`;
