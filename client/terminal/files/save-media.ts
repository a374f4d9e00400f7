import { isMediaContent } from '../../../shared/protocol/messages/media-content.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { savedName, withExtension } from '../../media/file-name.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { FileError, type TerminalFiles } from './terminal-files.ts';

/** Keeps what a message brought, and says under which name. */
export async function saveMedia(
  client: LapseClient,
  files: TerminalFiles,
  { conversationId, seq, path }: { conversationId: string; seq: number; path: string | undefined },
): Promise<string> {
  const message = client.messages(conversationId).find((each) => each.seq === seq);
  if (message === undefined || !isMediaContent(message.content))
    throw new FileError(`message ${seq} has nothing to save; /history shows earlier ones`);
  const { name, media } = message.content;
  const { contentType } = media;
  const kept = path === undefined ? savedName({ name, seq, contentType }) : withExtension(path, contentType);
  const bytes = await client.download(conversationId, seq).catch((error: unknown) => {
    if (!(error instanceof LapseError && error.code === 'NOT_FOUND')) throw error;
    throw new FileError(`what message ${seq} brought is no longer available`);
  });
  await files.save(bytes, kept);
  return kept;
}
