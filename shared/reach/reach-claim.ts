import * as z from 'zod/mini';
import { userId } from '../protocol/values.ts';

/** Whom the token of somebody lets them reach: everybody, or these. */
export type ReachClaim = '*' | readonly string[];

/** What the authorizer hands on travels with every frame of the connection. */
const mostBytes = 4_096;

const claim = z.union([z.literal('*'), z.array(userId)]);

/** As the authorizer hands it on; a claim that is something else, or too long, lets nobody be reached. */
export function encodeReachClaim(value: unknown): string {
  const { data = [] } = claim.safeParse(value);
  const text = JSON.stringify(data);
  return Buffer.byteLength(text) > mostBytes ? '[]' : text;
}

export function decodeReachClaim(text: string): ReachClaim {
  return claim.parse(JSON.parse(text));
}
