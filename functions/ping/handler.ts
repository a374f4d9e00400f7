import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { pingFrame } from '../../shared/protocol/session/frames.ts';
import type { PingResult } from '../../shared/protocol/session/table.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('POLICY_VERSION', 'POLICY_DIGEST');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };

export const handler = frameHandler({ schema: pingFrame, policy, needsConsent: false }, async () => {
  const pong: PingResult = { serverTime: systemClock() };
  return pong;
});
