import * as z from 'zod';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { frameId } from '../../shared/protocol/values.ts';
import { readEnv } from '../../shared/runtime/env.ts';

const env = readEnv('POLICY_VERSION', 'POLICY_DIGEST');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const schema = z.looseObject({ action: z.string(), id: frameId });

export const handler = frameHandler({ schema, policy, needsConsent: true }, async () => {
  throw new ProtocolError('UNKNOWN_ACTION');
});
