import { actions, pushes } from '../../shared/protocol/table.ts';
import { inChannel } from './messages.ts';

const channel = { $ref: '#/channels/chat' };

/** From the side of the server: it receives the actions and sends the pushes. */
export const operations = {
  ...Object.fromEntries(
    Object.entries(actions).map(([name, { summary }]) => [
      name,
      {
        action: 'receive',
        channel,
        summary,
        messages: [inChannel(`${name}Frame`)],
        reply: { channel, messages: [inChannel(`${name}Ack`), inChannel('errorFrame')] },
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(pushes).map(([name, { summary }]) => [
      `${name}Push`,
      { action: 'send', channel, summary, messages: [inChannel(`${name}Push`)] },
    ]),
  ),
};
