import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { pingFrame } from '../../shared/protocol/session/frames.ts';
import type { PingResult } from '../../shared/protocol/session/table.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('policyVersion', 'policyDigest');
const policy = { version: env.policyVersion, digest: env.policyDigest };

export const handler = frameHandler({ schema: pingFrame, policy, needsConsent: false }, async () => {
  const pong: PingResult = { serverTime: systemClock() };
  return pong;
});
