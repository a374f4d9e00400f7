/** A promise that the present code is known to break. Whoever mends it takes its line away. */
export type KnownFault = {
  /** With this the name of the violation begins. */
  readonly kind: string;
  readonly why: string;
  /** So rare that a run without it proves nothing. */
  readonly isRare?: true;
};

export const knownFaults: readonly KnownFault[] = [
  {
    kind: 'shown by history after its end',
    why: 'a longer retention shows again what a shorter one had ended',
  },
  {
    kind: 'profile shown after its end',
    why: 'a longer retention shows again what a shorter one had ended',
  },
  {
    kind: 'left long after its end: profile',
    why: 'profiles are left to time to live; the sweeper knows nothing of them',
  },
  { kind: 'left long after its end: title', why: 'titles have no end' },
  {
    kind: 'left after a receipt of account: title',
    why: 'titles are outside erasure while others are members',
  },
  {
    kind: 'left after a receipt of account: media in objects incoming',
    why: 'the bytes of an upload that was never sent stay until the sweeper of uploads comes',
  },
  {
    kind: 'held message lost, by time to live',
    why: 'an expired message loses its time to live only when the hold is carried out',
  },
  {
    kind: 'processed after a withdrawal',
    why: 'a socket that could not be closed at once is never closed, and only memberships say no',
  },
  {
    kind: 'pushed to somebody who has withdrawn',
    why: 'a socket that could not be closed at once is pushed to',
    isRare: true,
  },
];

export const isKnown = (kind: string): boolean => knownFaults.some((each) => kind.startsWith(each.kind));
