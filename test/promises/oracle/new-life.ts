import type { Item } from '../dynamodb/item.ts';
import type { Oracle } from './oracle.ts';

/**
 * When whoever has asked for the erasure of their account first consented anew, by the ledger: what is stored from then on is of a
 * new life, also if its frame had been on the way before. Infinity of who has not come back.
 */
export function newLifeAt(ledger: Iterable<Item>, userId: string, asked: number): number {
  const granted = [...ledger].filter(
    (entry) =>
      entry['userId'] === userId && entry['decision'] === 'granted' && Number(entry['decidedAt']) > asked,
  );
  return Math.min(...granted.map(({ decidedAt }) => Number(decidedAt)));
}

/** When what bears this text was stored, by its own row. */
export const storedAt = ({ setAt, byMarker }: Pick<Oracle, 'setAt' | 'byMarker'>, text: string): number =>
  setAt(text) ?? byMarker(text)?.sentAt ?? 0;
