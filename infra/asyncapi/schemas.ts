import type * as z from 'zod';
import { limitsSchema } from '../../shared/configuration/limits.ts';
import { actions } from '../../shared/protocol/actions.ts';
import * as sent from '../../shared/protocol/client-frames.ts';
import { erasureTarget } from '../../shared/protocol/erasure-target.ts';
import { conversationSummary } from '../../shared/protocol/server/conversations.ts';
import { receiptLine } from '../../shared/protocol/server/erasure.ts';
import { errorFrame } from '../../shared/protocol/server/error.ts';
import { mediaFacts, putRequest } from '../../shared/protocol/server/media.ts';
import { messageBody, messageContent } from '../../shared/protocol/server/messages.ts';
import { profile } from '../../shared/protocol/server/profile.ts';
import { pushes } from '../../shared/protocol/server/pushes.ts';
import { type JsonSchemas, jsonSchemas } from './json-schemas.ts';

const { frameId, userId, conversationId, mediaId, seq, content } = sent;
const ids = { frameId, userId, conversationId, mediaId, seq };

const named = <Value>(
  values: Readonly<Record<string, Value>>,
  suffix: string,
  schema: (of: Value) => z.ZodType,
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
      ...named(actions, 'Ack', ({ ack }) => ack),
      ...named(pushes, 'Push', (push) => push),
      errorFrame,
    },
    { io: 'output', override: ({ jsonSchema }) => loosen(jsonSchema) },
  );

function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === 'date-time') delete schema.pattern;
}

export const schemas = (): JsonSchemas => ({ ...written(), ...read() });
