import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { endPushDevices } from '../../shared/composition/push-devices.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { token, userId } from '../../shared/protocol/values.ts';

const deps = compose({ endPushDevices });

/** That the platform takes a token no more. One that has been registered in its place stays. */
export const handler = operatorHandler(
  {
    command: 'push token end',
    schema: z.strictObject({ userId, tokenId: token(64) }),
    subject: (input) => input.userId,
  },
  async (input) => ({
    ended: await deps.endPushDevices(input.userId, ({ tokenId }) => tokenId === input.tokenId),
  }),
);
