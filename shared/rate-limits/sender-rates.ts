import type { Senders } from '../configuration/senders.ts';
import { senderIdOf } from '../protocol/sender-id.ts';
import type { RateLimit, RateLimiter } from './rate-limiter.ts';

export type SenderRates = {
  /** What is written and who is named count alike. @throws ProtocolError RATE_LIMITED */
  take(senderId: string, tokens: number): Promise<void>;
};

/** How far a sender may run ahead of its rate. */
const burstSeconds = 10;

/** The operator's own senders, each at its own rate, whichever functions it comes by. */
export function senderRates(limiter: RateLimiter, senders: Senders): SenderRates {
  const limits = new Map(
    Object.entries(senders).map(([name, { messagesPerSecond }]): [string, RateLimit] => [
      senderIdOf(name),
      {
        name: 'sender',
        burst: burstSeconds * messagesPerSecond,
        perSecond: messagesPerSecond,
        frequent: true,
      },
    ]),
  );
  return {
    async take(senderId, tokens) {
      const limit = limits.get(senderId);
      if (limit !== undefined) await limiter.take(senderId, limit, Math.min(tokens, limit.burst));
    },
  };
}
