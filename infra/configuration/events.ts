import * as z from 'zod';
import { eventKinds } from '../../shared/configuration/event-kinds.ts';
import { section } from './section.ts';

const bus = {
  error:
    'allowed: the ARN of an Amazon EventBridge bus such as "arn:aws:events:ap-northeast-2:111122223333:event-bus/chat"',
};
const named = { error: 'allowed: who receives the events, 1 to 128 characters, for the data map' };
const kinds = { error: `allowed: a list of ${eventKinds.map((kind) => `"${kind}"`).join(', ')}, each once` };
const from = {
  error:
    'allowed: 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter and not with "aws."',
};

export const busArn = z
  .string(bus)
  .regex(/^arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/, bus);
/** Also of a bus in another account: nobody receives what people do who is not named. */
export const recipient = z.string(named).regex(/^[^\p{C}|`<>]{1,128}$/u, named);
export const source = z
  .string(from)
  .regex(/^(?!aws\.)[A-Za-z][\w.-]{0,63}$/, from)
  .default('lapse');

/** What the operator's own systems are told, and where. Without it nobody is told anything, and no table has a stream. */
export const events = section({
  busArn,
  recipient,
  kinds: z
    .array(z.enum(eventKinds, kinds), kinds)
    .min(1, kinds)
    .refine((all) => new Set(all).size === all.length, kinds)
    .optional(),
  content: z.boolean({ error: 'allowed: true or false' }).default(false),
  source,
}).optional();

export type Events = NonNullable<z.infer<typeof events>>;

export function regionOfBus({ busArn: arn }: Pick<Events, 'busArn'>): string {
  return arn.split(':')[3] ?? '';
}

/** What only stored messages can tell of. */
export const kindsOfMessages = ['message', 'membership', 'moderation'] as const;
