import { frameRates } from '../rate-limits/frame-rates.ts';
import { rateLimiter } from '../rate-limits/rate-limiter.ts';
import type { Environment } from '../runtime/environment.ts';
import { rateLimitStore } from '../stores/rate-limits/rate-limit-store.ts';
import { systemClock } from '../time.ts';
import { database } from './clients.ts';

export const limiter = ({ rateLimitTable }: Environment) =>
  rateLimiter(rateLimitStore(database(), rateLimitTable), systemClock);

/** How many frames of each kind a user may send. Apart from the other stores: every function that answers frames has it. */
export const rates = (environment: Environment) => frameRates(limiter(environment), environment.limits);
