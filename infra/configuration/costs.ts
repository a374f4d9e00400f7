import * as z from 'zod';
import { section } from './section.ts';

const amount = { error: 'allowed: a number of US dollars above 0' };
const dollars = z.number(amount).positive(amount).max(1_000_000, 'allowed: at most 1000000').optional();

/** When the bill is worth a look. Both see what bears the stage's tag; see docs/runbook.md. */
export const costs = section({
  /** A month's budget: told at 80 % of it, and when the forecast is above it. */
  monthlyUsd: dollars,
  /** Told of an anomaly whose impact is as large as that. */
  anomalyUsd: dollars,
}).prefault({});
