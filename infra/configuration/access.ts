import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ageAssurances } from '../../shared/configuration/age-assurance.ts';
import { durationSeconds } from './duration.ts';
import { isReachedJurisdiction } from './jurisdictions.ts';
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

const jurisdiction =
  'unknown key; allowed: ISO 3166-1 alpha-2 codes such as KR or GB (not UK), and ISO 3166-2 codes of their parts such as CA-QC';
const age = 'allowed: a whole number of years from 0 to 21';

const assurance = { error: 'allowed: "declared", "operator" or "attested"' };

/**
 * Ages that the operator sets against the built-in table, by jurisdiction; how an age has to be known; and for how long
 * who was refused is refused whatever they say.
 */
export const minimumAge = section({
  overrides: z
    .record(
      z.string().refine(isReachedJurisdiction, { error: jurisdiction }),
      z.int({ error: age }).min(0, { error: age }).max(21, { error: age }),
      {
        error: (issue) =>
          issue.code === 'invalid_key'
            ? jurisdiction
            : 'allowed: an object of ages by ISO 3166 code such as {"KR": 14}',
      },
    )
    .default({}),
  assurance: z.enum(ageAssurances, assurance).default('declared'),
  refusal: durationSeconds.prefault('24h'),
})
  .prefault({})
  .transform(({ refusal, ...rest }) => ({ ...rest, refusalSeconds: refusal }));

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
