import { createHash } from 'node:crypto';
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

const visible = { error: 'allowed: 1 to 128 letters, digits or any of . _ : + / = -' };
const token = z.string(visible).regex(/^[\w.:+/=-]{1,128}$/, visible);

/** The privacy policy that end users consent to; a new version or digest asks each of them again. */
export const policy = section({
  version: token.default('1'),
  url: z.url({ protocol: /^https$/, error: 'allowed: an https URL' }).optional(),
  digest: token.optional(),
})
  .prefault({})
  .transform(({ version, url, digest }) => ({
    version,
    url: url ?? '',
    digest: digest ?? createHash('sha256').update(version).digest('hex'),
  }));

const jurisdiction = 'unknown key; allowed: ISO 3166 codes such as KR or CA-QC';
const age = 'allowed: a whole number of years from 0 to 21';

/** Ages that the operator sets against the built-in table, by jurisdiction. */
export const minimumAge = section({
  overrides: z
    .record(
      z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, { error: jurisdiction }),
      z.int({ error: age }).min(0, { error: age }).max(21, { error: age }),
      {
        error: (issue) =>
          issue.code === 'invalid_key'
            ? jurisdiction
            : 'allowed: an object of ages by ISO 3166 code such as {"KR": 14}',
      },
    )
    .default({}),
}).prefault({});

const origin = { error: 'allowed: origins as browsers send them, such as "https://chat.example.com"' };
const originList = { error: 'allowed: a list of origins such as ["https://chat.example.com"]' };

/** The origins whose pages may open a socket; none listed: every page may. */
export const origins = z
  .array(
    z
      .string(origin)
      .refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text, origin),
    originList,
  )
  .default([]);
