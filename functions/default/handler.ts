import * as z from 'zod';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { frameId } from '../../shared/protocol/values.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';

const env = readEnvironment('policyVersion', 'policyDigest');
const policy = { version: env.policyVersion, digest: env.policyDigest };
const schema = z.looseObject({ action: z.string(), id: frameId });

export const handler = frameHandler({ schema, policy, needsConsent: true }, async () => {
  throw new ProtocolError('UNKNOWN_ACTION');
});
