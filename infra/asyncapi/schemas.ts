import type * as z from 'zod';
import { limitsSchema } from '../../shared/configuration/limits.ts';
import { conversationSummary } from '../../shared/protocol/conversations/table.ts';
import { erasureTarget } from '../../shared/protocol/erasure/erasure-target.ts';
import { receiptLine } from '../../shared/protocol/erasure/table.ts';
import { mediaFacts, putRequest } from '../../shared/protocol/media/table.ts';
import { sentContent as content } from '../../shared/protocol/messages/frames.ts';
import { messageBody, messageContent } from '../../shared/protocol/messages/table.ts';
import { profile } from '../../shared/protocol/profile/table.ts';
import { ackOf, actions, errorFrame, pushes } from '../../shared/protocol/table.ts';
import { conversationId, frameId, mediaId, seq, userId } from '../../shared/protocol/values.ts';
import { type JsonSchemas, jsonSchemas } from './json-schemas.ts';

const ids = { frameId, userId, conversationId, mediaId, seq };

const named = <Value>(
  values: Readonly<Record<string, Value>>,
  suffix: string,
  schema: (of: Value) => z.core.$ZodType,
) => Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}${suffix}`, schema(value)]));

/** What a client writes: one key more is refused. */
const written = (): JsonSchemas =>
  jsonSchemas({ ...ids, content, ...named(actions, 'Frame', ({ frame }) => frame) }, { io: 'input' });

/** What a client reads: a newer server may say more, which is to be passed over. */
const read = (): JsonSchemas =>
  jsonSchemas(
    {
      ...ids,
      limits: limitsSchema,
      mediaFacts,
      messageContent,
      messageBody,
      conversationSummary,
      putRequest,
      profile,
      erasureTarget,
      receiptLine,
      ...named(actions, 'Ack', ackOf),
      ...named(pushes, 'Push', ({ frame }) => frame),
      errorFrame,
    },
    { io: 'output', override: ({ jsonSchema }) => loosen(jsonSchema) },
  );

function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === 'date-time') delete schema.pattern;
}

export const schemas = (): JsonSchemas => ({ ...written(), ...read() });
