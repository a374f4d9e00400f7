import type { ActName } from './measured.ts';

/** Who writes how much, all of it between two people each. */
export type Usage = {
  /** On one day. */
  readonly users: number;
  /** Of one user on one day. */
  readonly messages: number;
  readonly minutes: number;
  readonly connects: number;
  /** Receipts for each message, and `typing` frames for each. */
  readonly receipts: number;
  readonly typing: number;
  /** Share of messages whose receiver is connected. */
  readonly online: number;
  readonly retentionDays: number;
};

export const usual: Omit<Usage, 'users'> = {
  messages: 20,
  minutes: 30,
  connects: 3,
  receipts: 0.5,
  typing: 1,
  online: 0.5,
  retentionDays: 7,
};

export const daysOfMonth = 30;

export const sentInMonth = ({ users, messages }: Usage): number => users * messages * daysOfMonth;

/**
 * How often each act is done in a month. Whoever connects says hello and reads a page of so many conversations: of the one
 * they open, and of each that a list without a preview could not show.
 */
export function actsInMonth(usage: Usage, historiesPerConnect: number): Readonly<Record<ActName, number>> {
  const sent = sentInMonth(usage);
  const delivered = sent * usage.online;
  const connects = usage.users * usage.connects * daysOfMonth;
  return {
    sendToOnline: delivered,
    sendToOffline: sent - delivered,
    read: sent * usage.receipts,
    typing: delivered * usage.typing,
    connect: connects,
    hello: connects,
    history: historiesPerConnect * connects,
    disconnect: connects,
  };
}
