import type * as z from 'zod/mini';
import { frameHandler } from '../../../shared/handlers/frame-handler.ts';
import { type Action, actions } from '../../../shared/protocol/table.ts';
import { logger } from '../../../shared/runtime/logger.ts';
import { epochMillis } from '../../../shared/time.ts';

export const actionNames = Object.keys(actions) as readonly Action[];

const policy = { version: '1', digest: 'd' };
const authorizer = {
  userId: 'alice',
  consent: 'granted',
  policyVersion: '1',
  policyDigest: 'd',
  tokenExpiresAt: '2000',
};

/** Every action with its own schema and the frame handler of all; what passes is kept and answered with an empty ack. */
export function answeringFrames() {
  const lines: string[] = [];
  const accepted: unknown[] = [];
  const handlerOf = (name: Action) =>
    frameHandler(
      {
        schema: actions[name].frame as z.ZodMiniType<{ readonly id: string }>,
        policy,
        rates: { take: async () => {}, takeFailure: async () => {} },
        consent: async () => 'granted' as const,
        now: () => epochMillis(1_000_000),
        logger: logger((line) => void lines.push(line)),
      },
      async (frame) => {
        accepted.push(frame);
        return {};
      },
    );
  const handlers = new Map(actionNames.map((name) => [name, handlerOf(name)]));

  async function answerTo(name: Action, body: string): Promise<string> {
    const requestContext = {
      routeKey: name,
      connectionId: 'c=',
      requestId: 'r=',
      connectedAt: 0,
      authorizer,
    };
    const context = {} as Parameters<ReturnType<typeof frameHandler>>[1];
    const result = await handlers.get(name)?.({ requestContext, body }, context);
    return result?.body ?? 'nothing';
  }
  return { answerTo, lines, accepted };
}
