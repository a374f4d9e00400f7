import { actions, pushes } from '../../shared/protocol/table.ts';
import { schemaRef } from './json-schemas.ts';

/** The reply has the id that the client chose. */
const correlationId = { location: '$message.payload#/id' };

export const messageNames: readonly string[] = [
  ...Object.keys(actions).flatMap((name) => [`${name}Frame`, `${name}Ack`]),
  ...Object.keys(pushes).map((name) => `${name}Push`),
  'errorFrame',
];

/** Every frame either side may send: the payload is the schema of the same name. */
export const messages = Object.fromEntries(
  messageNames.map((name) => [
    name,
    { payload: schemaRef(name), ...(!name.endsWith('Push') && { correlationId }) },
  ]),
);

/** As an operation has to name a message: by its place in the channel. */
export const inChannel = (name: string) => ({ $ref: `#/channels/chat/messages/${name}` });
