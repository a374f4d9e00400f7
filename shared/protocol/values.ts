import * as z from 'zod';

/** Chosen by the client, echoed in the one reply, and the idempotency key of `send`. */
export const frameId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** The token's `sub`: printable ASCII without space. `#` is left out because store keys join ids with it. */
export const userId = z.string().regex(/^[!"$-~]{1,128}$/);
/** Opaque: what nobody was given is `NOT_FOUND`. No `#` here either. */
export const conversationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** 144 random bits: known only to who was told, and still not enough to get at the media. Opaque to clients. */
export const mediaId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** A `seq`, or 0 before the first. */
export const position = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** DynamoDB stores UTF-8, which has no lone surrogates: they are refused rather than replaced. */
export const isWellFormed = (text: string): boolean => text.isWellFormed();
/** Short text that is compared or looked up, and of which nothing is shown. */
export const token = (longest: number) => z.string().min(1).max(longest).refine(isWellFormed);

/** The frame of an action: its name, an id, and nothing but the fields of `shape`. */
export const action = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ action: z.literal(name), id: frameId, ...shape });
