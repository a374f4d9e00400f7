import type { PersonalStore } from '../protocol/personal-stores.ts';

export type HoldDuty = { readonly held: boolean; readonly why: string };

/** What a hold does in each store; for one that is not named here this does not compile. */
export const holdDuties: Readonly<Record<PersonalStore, HoldDuty>> = {
  messages: { held: true, why: 'what was written: the matter of a hold' },
  mediaObjects: { held: true, why: 'what the messages brought: held with them' },
  media: { held: false, why: 'what was uploaded when; the message leads to its media by itself' },
  handovers: { held: false, why: 'ids of what is being handed over' },
  handoverObjects: { held: false, why: 'passes through and is not stored; gone within minutes' },
  profiles: { held: true, why: 'what the user says of themselves: held with the user' },
  conversations: { held: true, why: 'who was in the conversation: leads to what is held, and says to whom' },
  sends: { held: false, why: 'ids and times of sends; the message itself says the same' },
  connections: { held: false, why: 'who is connected now; gone within hours' },
  consents: { held: false, why: 'append-only and kept for the proof period anyway' },
  privacy: {
    held: false,
    why: 'states, times and counts; the holds themselves are here until they are lifted',
  },
  retries: { held: false, why: 'ids of pushes to be tried again; gone within the hour' },
  retryDeadLetters: { held: false, why: 'ids of pushes that were given up' },
  erasures: { held: false, why: 'ids of what is to be erased; erasure itself asks for the holds' },
  erasureDeadLetters: { held: false, why: 'ids of erasures that were given up' },
  exports: { held: false, why: 'ids of exports to be written' },
  exportDeadLetters: { held: false, why: 'ids of exports that were given up' },
  exportFiles: { held: false, why: 'copies of what is held elsewhere, for minutes' },
  holdWork: { held: false, why: 'ids of what holds are to be applied to' },
  holdWorkDeadLetters: { held: false, why: 'ids of holds whose work was given up' },
  logs: { held: false, why: 'ids, codes and times; kept for a week' },
};
