import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** What goes into a file: text, or bytes as they come. */
export type FileContent = Iterable<string> | AsyncIterable<Uint8Array>;

export type ZipArchive = {
  /**
   * Goes on with the file of that name, or ends the one before and begins it. Waits while nobody reads `bytes`. Resolves to how
   * many bytes it was, before they are compressed.
   */
  write(name: string, data: FileContent): Promise<number>;
  end(): void;
  readonly bytes: Readable;
};

/** A zip that is read while it is written: what it holds in memory does not grow with it, but for its list of names. */
export function zipArchive(modifiedAt: Date, signal: AbortSignal): ZipArchive {
  const zip = new ZipFile();
  let open: { readonly name: string; readonly content: PassThrough } | undefined;

  function file(name: string): PassThrough {
    if (open?.name === name) return open.content;
    open?.content.end();
    const content = new PassThrough();
    open = { name, content };
    zip.addReadStream(content, name, { mtime: modifiedAt });
    return content;
  }

  return {
    async write(name, data) {
      let bytes = 0;
      for await (const chunk of data) {
        const content = file(name);
        bytes += Buffer.byteLength(chunk);
        if (!content.write(chunk)) await once(content, 'drain', { signal });
      }
      return bytes;
    },
    end() {
      open?.content.end();
      zip.end();
    },
    bytes: zip.outputStream.pipe(new PassThrough()),
  };
}
