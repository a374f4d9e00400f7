import * as z from 'zod';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

const httpsUrl = z.url({ protocol: /^https$/, error: 'allowed: an https URL' });

export type TokenProvider = {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
};

/** Who issues the tokens (no issuer: the stack creates a user pool) and how long a socket may outlive its own. */
export const auth = section({
  issuer: httpsUrl.optional(),
  audience: z
    .string({ error: 'allowed: a string' })
    .min(1, { error: 'allowed: a non-empty string' })
    .optional(),
  jwksUri: httpsUrl.optional(),
  // Sockets are cut once a minute: see functions/expire-connections.
  grace: durationSeconds.refine((seconds) => seconds >= 60, 'allowed: "60s" or longer').prefault('2m'),
})
  .prefault({})
  .transform(({ issuer, audience, jwksUri, grace }, context) => {
    const graceSeconds = grace;
    if (issuer !== undefined && audience !== undefined) {
      const provider: TokenProvider = { issuer, audience, jwksUri: jwksUri ?? jwksUriOf(issuer) };
      return { graceSeconds, provider };
    }
    if (issuer === undefined && audience === undefined && jwksUri === undefined) return { graceSeconds };
    const missing = Object.entries({ issuer, audience }).filter(([, value]) => value === undefined);
    for (const [key] of missing) {
      context.addIssue({ code: 'custom', path: [key], message: 'missing; issuer and audience go together' });
    }
    return z.NEVER;
  });

function jwksUriOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`;
}
