import type { MediaKind } from '../../../../shared/protocol/media/frames.ts';
import { sentName } from '../../../media/file-name.ts';
import { mediaKind } from '../../../media/media-kind.ts';
import { pictureType } from './picture-type.ts';

/** A file that somebody has chosen to send. */
export type Attachment = {
  readonly file: Blob;
  readonly name: string;
  readonly contentType: string;
  readonly kind: MediaKind;
  readonly bytes: number;
  /** Spoken just now; its name is shown until it is sent, and is not sent. */
  readonly voice?: true;
};

const wireType = /^[a-z0-9][a-z0-9.+-]{0,62}\/[a-z0-9][a-z0-9.+-]{0,62}$/;

/** Undefined for what cannot be read, as a folder cannot. */
export async function attachment(file: File): Promise<Attachment | undefined> {
  try {
    const declared = file.type.replace(/;.*/s, '').trim().toLowerCase();
    const found = await pictureType(file);
    const contentType = found ?? (wireType.test(declared) ? declared : 'application/octet-stream');
    return { file, name: sentName(file.name), contentType, kind: mediaKind(contentType), bytes: file.size };
  } catch {
    return undefined;
  }
}
