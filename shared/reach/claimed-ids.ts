import * as z from 'zod/mini';
import { conversationId, userId } from '../protocol/values.ts';

/** What a claim of somebody's token names: everything of its kind, or these ids. */
export type ClaimedIds = '*' | readonly string[];

/** What the authorizer hands on travels with every frame of the connection. */
const mostBytes = 4_096;

export type ClaimCodec = {
  /** As the authorizer hands it on; a claim that is something else, or too long, names nothing. */
  encode(value: unknown): string;
  decode(text: string): ClaimedIds;
};

function claimOf(id: z.ZodMiniType<string>): ClaimCodec {
  const claim = z.union([z.literal('*'), z.array(id)]);
  return {
    encode(value) {
      const { data = [] } = claim.safeParse(value);
      const text = JSON.stringify(data);
      return Buffer.byteLength(text) > mostBytes ? '[]' : text;
    },
    decode: (text) => claim.parse(JSON.parse(text)),
  };
}

/** Whom somebody may reach. */
export const reachClaim = claimOf(userId);
/** Which rooms somebody may come into. */
export const roomsClaim = claimOf(conversationId);

export const isClaimed = (claimed: ClaimedIds, id: string): boolean =>
  claimed === '*' || claimed.includes(id);
