import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import type { MediaKind } from '../../shared/protocol/client-frames.ts';
import { type MediaFile, mediaKind } from '../upload-media.ts';

export type NamedFile = MediaFile & { readonly name: string; readonly kind: MediaKind };

export type TerminalFiles = {
  read(path: string): Promise<NamedFile>;
  /** Never over another file; answers where it is. */
  save(url: string, path: string, contentType: string): Promise<string>;
};

/** What a person can do something about: a path, a permission, a full disk. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'not allowed',
  EISDIR: 'that is a folder',
  EEXIST: 'there is such a file already; name another after the number',
  ENOSPC: 'the disk is full',
};

export function terminalFiles(get: typeof fetch): TerminalFiles {
  return {
    async read(path) {
      const bytes = new Uint8Array(await attempt(path, readFile(path)));
      if (bytes.length === 0) throw new FileTrouble(`${path}: the file is empty`);
      const contentType = bareType((await fileTypeFromBuffer(bytes))?.mime);
      return { bytes, contentType, kind: mediaKind(contentType), name: basename(path) };
    },

    async save(url, path, contentType) {
      const named = extname(path) === '' ? `${path}${extensionOf(contentType)}` : path;
      const response = await get(url);
      if (!response.ok) throw new FileTrouble('it is not there any more');
      await attempt(named, writeFile(named, new Uint8Array(await response.arrayBuffer()), { flag: 'wx' }));
      return named;
    },
  };
}

const bareType = (mime = 'application/octet-stream'): string => mime.replace(/;.*$/s, '');

const extensionOf = (contentType: string): string =>
  contentType === 'application/octet-stream' ? '' : `.${contentType.replace(/^.*\/(x-)?/, '')}`;

async function attempt<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new FileTrouble(`${path}: ${causes[code] ?? 'it cannot be read or written'}`, { cause: error });
  }
}
