import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import { fileRefusal, takesMedia } from '../../../media/media-refusal.ts';
import { type Attachment, attachment } from './attachment.ts';
import { notTaken } from './media-words.ts';

/** What of some files can be sent, and what is to be said about the rest. */
export type Chosen = { readonly attachments: readonly Attachment[]; readonly complaint?: string };

export async function chooseFiles(files: readonly File[], hello: HelloResult | undefined): Promise<Chosen> {
  if (hello === undefined) return { attachments: [], complaint: 'Please wait until you are connected.' };
  if (!takesMedia(hello)) return { attachments: [], complaint: notTaken };
  const attachments: Attachment[] = [];
  const complaints: string[] = [];
  for (const file of files) {
    const read = await attachment(file);
    const refusal =
      read === undefined ? `${file.name} cannot be read: folders cannot be sent` : fileRefusal(read, hello);
    if (refusal !== undefined) complaints.push(`${refusal}.`);
    else if (read !== undefined) attachments.push(read);
  }
  return { attachments, ...(complaints.length > 0 && { complaint: complaints.join(' ') }) };
}
