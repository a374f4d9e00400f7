import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import type { MediaKind } from '../../../shared/protocol/media/frames.ts';
import { sentName } from '../../media/file-name.ts';
import { mediaKind } from '../../media/media-kind.ts';
import type { MediaFile } from '../../media/upload-media.ts';
import { size } from '../../words/content-text.ts';

export type NamedFile = MediaFile & { readonly name: string; readonly kind: MediaKind };

export type TerminalFiles = {
  /** Refuses what is larger before it is read. */
  read(path: string, mostBytes: number): Promise<NamedFile>;
  /** Never over another file. */
  save(media: Blob, path: string): Promise<void>;
};

/** What a person can do something about: a path, a permission, a full disk. */
export class FileError extends Error {
  override readonly name = 'FileTrouble';
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'not allowed',
  EISDIR: 'that is a folder',
  EEXIST: 'there is such a file already; name another after the number',
  ENOSPC: 'the disk is full',
};

export function terminalFiles(): TerminalFiles {
  return {
    async read(path, mostBytes) {
      const found = await attempt(path, stat(path));
      if (found.isDirectory()) throw new FileError(`${path}: ${causes['EISDIR']}`);
      // A device or a pipe may never end.
      if (!found.isFile()) throw new FileError(`${path}: that is no file`);
      if (found.size > mostBytes)
        throw new FileError(`${path} is too large: a file may have at most ${size(mostBytes)}`);
      const bytes = new Uint8Array(await attempt(path, readFile(path)));
      const contentType = bareType((await fileTypeFromBuffer(bytes))?.mime);
      return { bytes, contentType, kind: mediaKind(contentType), name: sentName(basename(path)) };
    },

    async save(media, path) {
      await attempt(path, writeFile(path, media.stream(), { flag: 'wx' }));
    },
  };
}

const bareType = (mime = 'application/octet-stream'): string => mime.replace(/;.*$/s, '');

async function attempt<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new FileError(`${path}: ${causes[code] ?? 'it cannot be read or written'}`, { cause: error });
  }
}
