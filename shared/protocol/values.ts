import * as z from 'zod/mini';

/** Chosen by the client, echoed in the one reply, and the idempotency key of `send`. */
export const frameId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** The token's `sub`: printable ASCII without space. `#` is left out because store keys join ids with it. */
export const userId = z.string().check(z.regex(/^[!"$-~]{1,128}$/));
/** Opaque: what nobody was given is `NOT_FOUND`. No `#` here either. */
export const conversationId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** 144 random bits: known only to who was told, and still not enough to get at the media. Opaque to clients. */
export const mediaId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
export const seq = z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER));
/** A `seq`, or 0 before the first. */
export const position = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));
/** DynamoDB stores UTF-8, which has no lone surrogates: they are refused rather than replaced. */
export const isWellFormed = (text: string): boolean => text.isWellFormed();
/** Short text that is compared or looked up, and of which nothing is shown. */
export const token = (longest: number) =>
  z.string().check(z.minLength(1), z.maxLength(longest), z.refine(isWellFormed));

/** The frame of an action: its name, an id, and nothing but the fields of `shape`. */
export const action = <Name extends string, Shape extends z.core.$ZodShape>(name: Name, shape: Shape) =>
  z.strictObject({ action: z.literal(name), id: frameId, ...shape });
