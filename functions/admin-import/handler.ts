import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { importing, importParts } from '../../shared/composition/importing.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { importBatch } from '../../shared/imports/import-batch.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { textContent } from '../../shared/protocol/messages/frames.ts';
import { userId } from '../../shared/protocol/values.ts';
import { epochMillis } from '../../shared/time.ts';

const parts = compose(importParts);
const deps = { ...parts, ...importing(parts) };
const { members, title, retention, history, afterLeaving } = openFrame.shape;

/** Of another system: whatever its ids look like. */
const foreignId = z.string().min(1).max(128);
/** Ten seconds are enough for so many, whatever the table does. */
const mostMessages = 250;

const message = z.strictObject({
  id: foreignId,
  from: userId,
  sentAt: z.int().nonnegative().transform(epochMillis),
  text: textContent.shape.text,
});

export const handler = operatorHandler(
  {
    command: 'import',
    schema: z.strictObject({
      conversation: z.strictObject({
        ...{ id: foreignId, kind: z.enum(['direct', 'group']) },
        ...{ members, title, retention, history, afterLeaving },
      }),
      messages: z
        .array(message)
        .max(mostMessages)
        .refine((all) => all.every(({ sentAt }, at) => sentAt >= (all[at - 1]?.sentAt ?? 0)), {
          error: 'by sentAt, the earliest first',
        }),
      isLast: z.boolean(),
    }),
  },
  async (batch) => importBatch(deps, batch),
);
