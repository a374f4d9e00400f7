import { bindings, securitySchemes, servers } from './connection.ts';
import { messageNames, messages } from './messages.ts';
import { operations } from './operations.ts';
import { schemas } from './schemas.ts';

/** The protocol for machines: docs/asyncapi.json. */
export const asyncapi = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Lapse',
    version: 'v1',
    description: 'Instant messaging that forgets on time. For people: docs/protocol.md.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  servers,
  channels: {
    chat: {
      address: '/',
      description: 'one WebSocket; every frame is JSON text, at most 32 KB',
      messages: Object.fromEntries(
        messageNames.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
      ),
      bindings,
    },
  },
  operations,
  components: { schemas: schemas(), messages, securitySchemes },
});
