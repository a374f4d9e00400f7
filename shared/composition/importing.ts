import type { Refusal } from '../imports/imported-message.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { whoAgrees } from '../reach/who-agrees.ts';
import { groupId } from '../stores/conversations/group-id.ts';
import { type Composed, merged } from './compose.ts';
import { crowd } from './crowd.ts';
import { recentJobs } from './gateways.ts';
import { opening, openingParts } from './opening.ts';
import { admitAnybody } from './reach.ts';
import { messageRetention } from './retention.ts';
import { consent, imports, memberships, writtenMessages } from './stores.ts';

/** What it takes to bring conversations over from elsewhere. */
export const importParts = {
  ...openingParts,
  conversations: merged(openingParts.conversations, memberships),
  messages: writtenMessages,
  imports,
  recentJobs,
  retention: messageRetention,
  admit: admitAnybody,
  consent,
  crowd,
};

export function importing(parts: Composed<typeof importParts>) {
  return {
    ...opening(parts),
    importedGroupId: async (id: string) => groupId(await parts.idSecret(), 'import', { id }),
    agreeing: async (userIds: readonly string[]) =>
      whoAgrees({ ...parts, connections: parts.sockets }, userIds),
    textFault(text: string): Refusal | undefined {
      if (Buffer.byteLength(JSON.stringify(text)) - 2 > parts.limits.textBytes) return 'tooLarge';
      try {
        parts.guard.check([text]);
        return undefined;
      } catch (error) {
        if (error instanceof ProtocolError && error.code === 'SENSITIVE_DATA') return 'sensitive';
        throw error;
      }
    },
  };
}
