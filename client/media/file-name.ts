import { cleanFileName } from '../../shared/protocol/media/file-name.ts';

/** The name that a file is sent with. */
export const sentName = (name: string): string => cleanFileName(name) || 'file';

type Saved = { readonly name?: string | undefined; readonly seq: number; readonly contentType: string };

/** The name that a file of somebody else's is kept under: they and their server may have chosen anything. */
export const savedName = ({ name = '', seq, contentType }: Saved): string =>
  withExtension(cleanFileName(name) || `lapse-${seq}`, contentType);

/** A path of one's own. */
export const withExtension = (path: string, contentType: string): string =>
  /[^/\\]\.[^./\\]+$/u.test(path) ? path : `${path}${extensionOf(contentType)}`;

/** Of what is known to be a content type: the server's word may be anything. */
function extensionOf(contentType: string): string {
  const subtype = /^[a-z]+\/(?:x-)?([a-z0-9][a-z0-9.+-]{0,62})$/.exec(contentType)?.[1];
  return subtype === undefined || subtype === 'octet-stream' ? '' : `.${subtype}`;
}
