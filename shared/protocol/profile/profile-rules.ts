import * as z from 'zod/mini';
import { cleanLines, cleanName, graphemes, isVisible } from '../name-characters.ts';

export const profileLimits = {
  nicknameGraphemes: 64,
  nicknameBytes: 256,
  signatureGraphemes: 280,
  signatureBytes: 1024,
  avatarUrlBytes: 2048,
} as const;

/** Longest input that is looked at at all: what is stripped counts here. */
const longestInput = 8192;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

const wellFormed = z.string().check(
  z.maxLength(longestInput),
  z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode'),
);

const nickname = z.pipe(
  z.pipe(wellFormed, z.transform(cleanName)),
  z.string().check(
    z.refine(isVisible, 'must have a visible character'),
    z.refine((name) => graphemes(name) <= profileLimits.nicknameGraphemes, 'must have at most 64 characters'),
    z.refine((name) => bytes(name) <= profileLimits.nicknameBytes, 'must have at most 256 bytes'),
  ),
);

const signature = z.pipe(
  z.pipe(wellFormed, z.transform(cleanLines)),
  z.string().check(
    z.refine(
      (text) => graphemes(text) <= profileLimits.signatureGraphemes,
      'must have at most 280 characters',
    ),
    z.refine((text) => bytes(text) <= profileLimits.signatureBytes, 'must have at most 1024 bytes'),
  ),
);

// The URL parser forgives blanks, backslashes and missing slashes: a client that shows the text might not.
const writtenPlainly = /^https:\/\/[^\s\\\p{Control}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]+$/iu;

const isPlainHttps = (text: string): boolean => {
  if (!writtenPlainly.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (
    protocol === 'https:' && username === '' && password === '' && !text.split(/[/?#]/)[2]?.includes('@')
  );
};

const avatarUrl = z.pipe(
  z.pipe(
    wellFormed.check(z.refine(isPlainHttps, 'must be an https URL without credentials')),
    z.transform((text) => (URL.canParse(text) ? new URL(text).href : text)),
  ),
  z
    .string()
    .check(z.refine((url) => bytes(url) <= profileLimits.avatarUrlBytes, 'must have at most 2048 bytes')),
);

export const visibilitySchema = z.enum(['everyone', 'contacts', 'nobody']);

/** What `profile` may set: fields that are absent stay, `null` removes one; texts come out cleaned. */
export const profileSetSchema = z.strictObject({
  nickname: z.optional(z.nullable(nickname)),
  avatarUrl: z.optional(z.nullable(avatarUrl)),
  signature: z.optional(z.nullable(signature)),
  visibility: z.optional(
    z.strictObject({
      nickname: z.optional(visibilitySchema),
      avatarUrl: z.optional(visibilitySchema),
      signature: z.optional(visibilitySchema),
    }),
  ),
});
