import type { Conversation } from '../../stores/conversations/conversation.ts';
import { type Html, html } from './html.ts';
import { messagePageFile } from './message-page.ts';
import { page, pager } from './page-frame.ts';
import { minute } from './times.ts';

/** With what it is called, if it is. */
export type Listed = Conversation & { readonly title: string | undefined };

export type ConversationList = {
  readonly userId: string;
  readonly conversations: readonly Listed[];
  /** From 1 on. */
  readonly number: number;
  readonly isLast: boolean;
  /** Where messages are stored. */
  readonly hasPages: boolean;
};

/** The first is where one begins to read. */
export const conversationListFile = (number: number): string =>
  number === 1 ? 'index.html' : `conversations-${number}.html`;

/** What a group is called; else who is in it, but for the reader. */
export function titleOf({ title, members }: Pick<Listed, 'title' | 'members'>, userId: string): string {
  if (title !== undefined) return title;
  const others = [...members.keys()].filter((id) => id !== userId);
  const named = others.slice(0, mostNamed).join(', ');
  if (others.length === 0) return 'Only you';
  return others.length > mostNamed ? `${named} and ${others.length - mostNamed} more` : named;
}

const mostNamed = 4;

export function conversationList({
  userId,
  conversations,
  number,
  isLast,
  hasPages,
}: ConversationList): string {
  const latestFirst = conversations.toSorted((one, other) => other.head.lastSentAt - one.head.lastSentAt);
  return page({
    title: number === 1 ? 'Your data' : `Your conversations, page ${number}`,
    root: '',
    intro: html`<p class="quiet">Everything held about <bdi>${userId}</bdi>, as far as it does not end within half an hour.</p>`,
    main: html`<h2>Conversations</h2>
${conversations.length === 0 ? html`<p class="quiet">None.</p>` : html`<ul class="list">${latestFirst.map(entry)}</ul>`}
${pager('Conversations', [
  number === 1
    ? undefined
    : html`<a rel="prev" href="${conversationListFile(number - 1)}">Conversations before</a>`,
  isLast ? undefined : html`<a rel="next" href="${conversationListFile(number + 1)}">More conversations</a>`,
])}
${number === 1 ? otherFiles : undefined}`,
  });

  function entry(conversation: Listed): Html {
    const { conversationId, kind, lastSentAt } = conversation.head;
    const last = lastSentAt === 0 ? html`no message yet` : html`last message ${minute(lastSentAt)}`;
    const of = kind === 'group' ? html`${conversation.members.size} members, ` : undefined;
    const about = html`<strong dir="auto">${titleOf(conversation, userId)}</strong><span>${of}${last}</span>`;
    return hasPages
      ? html`<li><a href="${messagePageFile(conversationId, 0)}">${about}</a></li>`
      : html`<li><div class="plain">${about}</div></li>`;
  }
}

const others: readonly (readonly [string, string])[] = [
  ['about.json', 'whose export this is, when it was asked for, and what is not in it and why'],
  ['profile.json', 'your profile, with who may see what'],
  ['consent.json', 'when you agreed to what, and how your age was known'],
  ['connections.json', 'your connections that were open'],
  ['requests.json', 'erasures and exports that you have asked for'],
  ['rate-limits.json', 'what you have used of each limit'],
  ['conversations.jsonl', 'the conversations, a line each'],
  ['messages/….jsonl', 'the messages of each conversation, a line each, for programs'],
  ['media/…', 'pictures, sounds, films and files, under the number of their message'],
  ['sends.jsonl', 'the ids by which repeated sends were recognised'],
];

const otherFiles = html`<h2>Files of this export</h2>
<dl>${others.map(([file, what]) => html`<dt>${file}</dt><dd>${what}</dd>`)}</dl>
<p class="quiet">A file is left out if there is nothing to put into it. A large export comes as several zips: unpack all of them into one folder.</p>`;
