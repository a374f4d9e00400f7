import type { SensitiveKind } from '../../../shared/sensitive-data/find-sensitive-data.ts';
import { accountLines } from './corpus/accounts.ts';
import { cardLines } from './corpus/cards.ts';
import { idLines } from './corpus/ids.ts';
import { ordinaryEastern } from './corpus/ordinary-eastern.ts';
import { ordinaryWestern } from './corpus/ordinary-western.ts';

export const ordinaryLines: readonly string[] = [ordinaryWestern, ordinaryEastern].flatMap((lines) =>
  lines.trim().split('\n'),
);

export const sensitiveLines: Readonly<Record<SensitiveKind, readonly string[]>> = {
  'payment-card': cardLines,
  'bank-account': accountLines,
  'national-id': idLines,
};
