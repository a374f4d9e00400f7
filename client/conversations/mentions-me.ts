import type { MessageBody } from '../../shared/protocol/messages/table.ts';

/** Whether a message calls this person, by name or with everybody. */
export const mentionsMe = (
  { mentions = [], mentionsAll }: Pick<MessageBody, 'mentions' | 'mentionsAll'>,
  userId: string | undefined,
): boolean => userId !== undefined && (mentionsAll === true || mentions.includes(userId));
