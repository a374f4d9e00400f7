import { type OpenConversationDeps, openConversation } from '../conversations/open-conversation.ts';
import type { OpenFrame } from '../protocol/conversations/frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import {
  type ImportedMessages,
  type ImportMessages,
  type ImportMessagesDeps,
  importMessages,
} from './import-messages.ts';

export type ConversationToImport = Pick<
  OpenFrame,
  'members' | 'title' | 'retention' | 'history' | 'afterLeaving'
> & {
  /** Its own where it comes from: the same one again is the same conversation. */
  readonly id: string;
  readonly kind: 'direct' | 'group';
};

export type ImportBatchDeps = ImportMessagesDeps &
  Omit<OpenConversationDeps, 'groupIdOf'> & {
    readonly conversations: OpenConversationDeps['conversations'] & ImportMessagesDeps['conversations'];
    /** The same whenever a conversation of that id is imported. */
    readonly importedGroupId: (id: string) => Promise<string>;
    readonly guard: { check(texts: readonly string[]): boolean };
  };

export type ImportBatch = Omit<ImportMessages, 'conversationId'> & {
  readonly conversation: ConversationToImport;
};

/** Absent where nobody of it has agreed yet: then nothing of it is stored. */
export type ImportedBatch = ImportedMessages & { readonly conversationId?: string };

/** In whose name what comes from elsewhere is opened; no sender of the configuration, so that it is nobody's. */
const importer = 'bot:';

/** Opens the conversation, unless an earlier batch has, for those of its members who have agreed; the others wait. */
export async function importBatch(
  deps: ImportBatchDeps,
  { conversation: { id, ...asked }, messages, isLast }: ImportBatch,
): Promise<ImportedBatch> {
  if (asked.title !== undefined) deps.guard.check([asked.title]);
  const groupIdOf = async () => deps.importedGroupId(id);
  const frame: OpenFrame = { action: 'open', id: 'import', ...asked };
  try {
    const opener = { userId: importer, forOthers: true } as const;
    const { conversationId } = await openConversation({ ...deps, groupIdOf }, opener, frame);
    return { conversationId, ...(await importMessages(deps, { conversationId, messages, isLast })) };
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== 'WAITING') throw error;
    return { imported: 0, repeated: 0, refused: messages.length > 0 ? { author: messages.length } : {} };
  }
}
