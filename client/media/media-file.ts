import type { GivenMedia, MediaFile } from './upload-media.ts';

/** A file has its name with it; what has no type that can be sent is bytes. */
export async function mediaFile(given: GivenMedia): Promise<MediaFile> {
  if (!(given instanceof Blob)) return given;
  // A browser may say anything, such as `text/plain;charset=utf-8`.
  const contentType =
    /^[a-z]+\/[a-z0-9.+-]+/i.exec(given.type)?.[0].toLowerCase() ?? 'application/octet-stream';
  const bytes = new Uint8Array(await given.arrayBuffer());
  const name = 'name' in given && typeof given.name === 'string' ? takenName(given.name) : '';
  return { bytes, contentType, ...(name !== '' && { name }) };
}

/** Of a name what the server takes; it makes one of it that can be kept anywhere. */
const takenName = (name: string): string =>
  [...name.replace(/[\p{C}\p{Zl}\p{Zp}/\\]|^\.+/gu, '')].slice(0, 255).join('');
