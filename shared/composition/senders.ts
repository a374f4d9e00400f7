import { sendersSchema } from '../configuration/senders.ts';
import { senderIdOf } from '../protocol/sender-id.ts';
import { senderRates as ratesOf } from '../rate-limits/sender-rates.ts';
import type { Environment } from '../runtime/environment.ts';
import { limiter } from './rates.ts';

/** The operator's own senders, as the configuration says. Apart from the settings: their schema is in no other bundle. */
export const senders = (environment: Environment) => sendersSchema.parse(environment.senders ?? {});
/** Their ids, whom people may always reach. */
export const senderIds = (environment: Environment) =>
  new Set(Object.keys(senders(environment)).map(senderIdOf));
/** How much each of them may do. */
export const senderRates = (environment: Environment) => ratesOf(limiter(environment), senders(environment));
