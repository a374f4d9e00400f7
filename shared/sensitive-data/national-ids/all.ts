import { brazil } from './br.ts';
import { china } from './cn.ts';
import { spain } from './es.ts';
import { france } from './fr.ts';
import { unitedKingdom } from './gb.ts';
import { india } from './in.ts';
import { southKorea } from './kr.ts';
import type { NationalId } from './national-id.ts';
import { unitedStates } from './us.ts';

export const nationalIds: readonly NationalId[] = [
  brazil,
  china,
  france,
  india,
  southKorea,
  spain,
  unitedKingdom,
  unitedStates,
];
