import * as z from 'zod';
import { profileSetSchema } from '../../shared/protocol/profile/profile-rules.ts';
import { senderName } from '../../shared/protocol/sender-id.ts';
import { section } from './section.ts';

const name = 'unknown key; allowed: names of 1 to 32 small letters, digits and hyphens, such as "support"';
const fault = { error: 'allowed: an object such as {"support": {"nickname": "Support"}}' };
const nickname = 'allowed: a text of at most 64 characters, one of them visible';
const avatarUrl = 'allowed: an https URL without credentials, of at most 2048 bytes';

/** As the same field of a person's profile; the text comes out cleaned. */
function profileText(field: 'nickname' | 'avatarUrl', error: string) {
  return z.string({ error }).transform((text, context) => {
    const { data } = profileSetSchema.safeParse({ [field]: text });
    const cleaned = data?.[field];
    if (typeof cleaned === 'string') return cleaned;
    context.addIssue({ code: 'custom', message: error });
    return z.NEVER;
  });
}

const sender = section({
  nickname: profileText('nickname', nickname),
  avatarUrl: profileText('avatarUrl', avatarUrl).exactOptional(),
  messagesPerSecond: z.int().min(1).max(1_000).default(50),
});

/** All variables of a function together have 4 KB. */
const mostBytes = 1_536;

/** Who writes for the operator: bots, a support desk, announcements. Their ids are `bot:` and the name. */
export const senders = z
  .record(z.string().regex(senderName, { error: name }), sender, {
    error: (issue) => (issue.code === 'invalid_key' ? name : fault.error),
  })
  .refine((all) => Buffer.byteLength(JSON.stringify(all)) <= mostBytes, {
    error: `allowed: at most ${mostBytes} bytes of JSON in all`,
  })
  .prefault({});
