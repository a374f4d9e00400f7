import { frameRates } from '../rate-limits/frame-rates.ts';
import { rateLimiter } from '../rate-limits/rate-limiter.ts';
import type { Environment } from '../runtime/environment.ts';
import { jsonClient } from '../runtime/json-client.ts';
import { dynamodbService, updateItem } from '../stores/dynamodb/update-item.ts';
import { rateLimitStore } from '../stores/rate-limits/rate-limit-store.ts';
import { systemClock } from '../time.ts';

/**
 * How many frames of each kind a user may send. Apart from the other stores and by a client of its own, since there are functions
 * that count and touch no other table: theirs stay small.
 */
export const rates = ({ rateLimitTable, limits }: Environment) => {
  const store = rateLimitStore(updateItem(jsonClient(dynamodbService)), rateLimitTable);
  return frameRates(rateLimiter(store, systemClock), limits);
};
