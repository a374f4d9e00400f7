import middy from '@middy/core';
import type * as z from 'zod/mini';
import { type Identity, readIdentity } from '../identity/identity.ts';
import { ack } from '../protocol/ack.ts';
import type { ConsentState } from '../protocol/consent/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { FrameRates } from '../rate-limits/frame-rates.ts';
import { logger as createLogger, type Logger } from '../runtime/logger.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import { type Clock, systemClock } from '../time.ts';
import { errorFrames } from './error-frames.ts';
import { parseFrame } from './parse-frame.ts';
import type { WebSocketEvent, WebSocketResult } from './websocket-event.ts';

export type FrameContext<Ahead = undefined> = {
  readonly identity: Identity;
  readonly connectionId: string;
  readonly connectedAt: number;
  /** Rejects with CONSENT_REQUIRED, and resolves to what was read in the same call; see `readsMeanwhile`. */
  readonly consented: Promise<Ahead | undefined>;
};

/** The user's consent at this instant, and what else one call has read for the frame. */
export type ConsentWithMore<Frame, Ahead> = {
  read(userId: string, frame: Frame): Promise<{ readonly state: ConsentState; readonly ahead: Ahead }>;
};

export type FrameHandlerOptions<Schema extends z.ZodMiniType, Ahead = undefined> = {
  readonly schema: Schema;
  readonly policy: Policy;
  readonly rates: FrameRates;
  /**
   * Asked about every frame: the one place in which a withdrawal takes effect. `not needed` for what works without: `hello`,
   * `consent`, `ping`. `of the socket` for what does nothing anyway.
   */
  readonly consent: ConsentReader | ConsentWithMore<z.infer<Schema>, Ahead> | 'of the socket' | 'not needed';
  /**
   * The handler awaits `consented` itself, beside what it reads first and before it writes or pushes anything. Without this it
   * begins once the consent is known.
   */
  readonly readsMeanwhile?: true;
  readonly now?: Clock;
  readonly logger?: Logger;
};

type Identified = { readonly id: string };

/**
 * One client frame, one reply, as the route response. Checks in the order that the protocol gives: a frame at all,
 * the token's time, the consent that the socket was opened with, the frame's own fields, how many of its kind there have
 * been, and the consent as it is now. A withdrawal that has written its line by then is seen; the reply waits for it too.
 */
export function frameHandler<
  Frame extends Identified,
  Schema extends z.ZodMiniType<Frame>,
  Ahead = undefined,
>(
  options: FrameHandlerOptions<Schema, Ahead>,
  handle: (frame: z.infer<Schema>, context: FrameContext<Ahead>) => Promise<object | undefined>,
) {
  const { schema, policy, rates, now = systemClock, logger = createLogger() } = options;
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
    if (options.consent !== 'not needed' && !identity.consented) throw new ProtocolError('CONSENT_REQUIRED');
    const frame = schema.safeParse(parsed);
    if (!frame.success) throw new ProtocolError('INVALID_FRAME');
    await rates.take(identity.userId, frame.data);
    const consented = stillConsents(identity.userId, frame.data);
    if (options.readsMeanwhile !== true) await consented;
    const handled = handle(frame.data, { identity, connectionId, connectedAt, consented });
    // A refusal for want of consent goes first, whatever else was found.
    handled.catch(() => undefined);
    await consented;
    const result = await handled;
    if (result === undefined) return { statusCode: 200 };
    return { statusCode: 200, body: JSON.stringify(ack(frame.data.id, result)) };
  }

  async function stillConsents(userId: string, frame: z.infer<Schema>): Promise<Ahead | undefined> {
    const { consent } = options;
    if (typeof consent === 'string') return undefined;
    const { state, ahead } =
      typeof consent === 'function'
        ? { state: await consent(userId), ahead: undefined }
        : await consent.read(userId, frame);
    if (state !== 'granted') throw new ProtocolError('CONSENT_REQUIRED');
    return ahead;
  }
}
