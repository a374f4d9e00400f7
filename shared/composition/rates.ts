import { frameRates } from '../rate-limits/frame-rates.ts';
import { rateLimiter } from '../rate-limits/rate-limiter.ts';
import type { Environment } from '../runtime/environment.ts';
import { systemClock } from '../time.ts';
import { rateLimits } from './stores.ts';

/** How many frames of each kind a user may send. */
export const rates = (environment: Environment) =>
  frameRates(rateLimiter(rateLimits(environment), systemClock), environment.limits);
