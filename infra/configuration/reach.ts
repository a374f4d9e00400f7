import * as z from 'zod';
import { claimName } from '../../shared/configuration/reach.ts';
import { section } from './section.ts';

const fault = { error: 'allowed: "anyone", "shared" or {"claim": "the name of a claim"}' };

/** Whom people may open a conversation with or add to one. */
export const reach = z
  .union(
    [z.enum(['anyone', 'shared'], fault), section({ claim: z.string(fault).regex(claimName, fault) })],
    fault,
  )
  .default('anyone');
