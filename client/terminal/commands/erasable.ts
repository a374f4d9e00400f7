import type { Fields } from '../../wire/actions.ts';

/** What can be erased by a command; a message and a conversation are those of the open one. */
export type Erasable =
  | { readonly scope: 'account' | 'profile' | 'conversation' }
  | { readonly scope: 'message'; readonly seq: number };

type Target = Fields<'erase'>;

export function targetOf(what: Erasable, conversationId: string | undefined): Target | undefined {
  if (what.scope === 'account' || what.scope === 'profile') return { scope: what.scope };
  if (conversationId === undefined) return undefined;
  return what.scope === 'message'
    ? { scope: 'message', conversationId, seq: what.seq }
    : { scope: 'conversation', conversationId };
}

export function erasureQuestion(target: Target): string {
  if (target.scope === 'message')
    return `Message no. ${target.seq} goes for everybody. It cannot be brought back.`;
  return {
    conversation: 'All that you wrote in this conversation goes for everybody. It cannot be brought back.',
    profile: 'Your profile goes. It cannot be brought back.',
    account:
      'Everything of yours goes: messages, profile, conversations. You are signed out everywhere. It cannot be brought back.',
  }[target.scope];
}
