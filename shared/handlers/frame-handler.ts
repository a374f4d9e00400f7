import middy from '@middy/core';
import type * as z from 'zod';
import { type Identity, readIdentity } from '../identity/identity.ts';
import { ack } from '../protocol/ack.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { FrameRates } from '../rate-limits/frame-rates.ts';
import { logger as createLogger, type Logger } from '../runtime/logger.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import { type Clock, systemClock } from '../time.ts';
import { errorFrames } from './error-frames.ts';
import { parseFrame } from './parse-frame.ts';
import type { WebSocketEvent, WebSocketResult } from './websocket-event.ts';

export type FrameContext = {
  readonly identity: Identity;
  readonly connectionId: string;
  readonly connectedAt: number;
};

export type FrameHandlerOptions<Schema extends z.ZodType> = {
  readonly schema: Schema;
  readonly policy: Policy;
  readonly rates: FrameRates;
  /** False for what works without consent: `hello`, `consent`, `ping`. */
  readonly needsConsent: boolean;
  readonly now?: Clock;
  readonly logger?: Logger;
};

type Identified = { readonly id: string };

/**
 * One client frame, one reply, as the route response. Checks in the order that the protocol gives: a frame at all,
 * the token's time, consent, the frame's own fields, and only then how many of its kind there have been.
 */
export function frameHandler<Frame extends Identified, Schema extends z.ZodType<Frame>>(
  options: FrameHandlerOptions<Schema>,
  handle: (frame: z.infer<Schema>, context: FrameContext) => Promise<object | undefined>,
) {
  const { schema, policy, rates, needsConsent, now = systemClock, logger = createLogger() } = options;
  return middy<WebSocketEvent, WebSocketResult>()
    .use(errorFrames(logger))
    .handler(async (event) => {
      const { authorizer } = event.requestContext;
      const identity = readIdentity(authorizer, policy);
      try {
        return await answer(event, identity);
      } catch (error) {
        await rates.takeFailure(identity.userId, error);
        throw error;
      }
    });

  async function answer(event: WebSocketEvent, identity: Identity): Promise<WebSocketResult> {
    const { connectionId, connectedAt } = event.requestContext;
    const parsed = parseFrame(event.body);
    if (identity.tokenExpiresAt * 1000 <= now()) throw new ProtocolError('TOKEN_EXPIRED');
    if (needsConsent && !identity.consented) throw new ProtocolError('CONSENT_REQUIRED');
    const frame = schema.safeParse(parsed);
    if (!frame.success) throw new ProtocolError('INVALID_FRAME');
    await rates.take(identity.userId, frame.data);
    const result = await handle(frame.data, { identity, connectionId, connectedAt });
    if (result === undefined) return { statusCode: 200 };
    return { statusCode: 200, body: JSON.stringify(ack(frame.data.id, result)) };
  }
}
