import type { Erasure } from '../wire/server-frame.ts';

type Line = Erasure['stores'][number];

const scopes: Readonly<Record<Erasure['scope'], string>> = {
  account: 'Your account',
  profile: 'Your profile',
  conversation: 'What you wrote in a conversation',
  message: 'Your message',
};

/** For the person whose data it was. */
export function receiptTitle({ scope, state }: Erasure): string {
  return state === 'done'
    ? `${scopes[scope]} has been erased`
    : `${scopes[scope]} has been erased in part: a legal hold keeps the rest until it is lifted`;
}

export function receiptLine({ store, outcome, deleted, found, held, until = '' }: Line): string {
  const day = until.slice(0, 10);
  if (outcome === 'erased') return `${store}: ${deleted} deleted, ${found} found afterwards`;
  if (outcome === 'held') return `${store}: ${deleted} deleted, ${held} kept by a legal hold`;
  if (outcome === 'kept' && store.startsWith('report'))
    return `${store}: what others may have reported of it is kept until somebody has decided, at the latest until ${day}`;
  if (outcome === 'kept') return `${store}: kept as proof until ${day}`;
  if (outcome === 'ages out') return `${store}: ids only, gone by ${day}`;
  return `${store}: not concerned`;
}
