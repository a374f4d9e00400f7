import { PassThrough, type Readable } from 'node:stream';

/** In place of a zip: the same files one after the other, neither compressed nor by another thread. */
export class ZipFile {
  readonly outputStream = new PassThrough();
  readonly #files: { readonly content: Readable; readonly name: string }[] = [];
  #isWriting = false;
  #hasEnded = false;

  addReadStream(content: Readable, name: string): void {
    this.#files.push({ content, name });
    void this.#write();
  }

  end(): void {
    this.#hasEnded = true;
    void this.#write();
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    for (let file = this.#files.shift(); file !== undefined; file = this.#files.shift()) {
      this.outputStream.write(`\n== ${file.name}\n`);
      for await (const chunk of file.content) this.outputStream.write(chunk);
    }
    this.#isWriting = false;
    if (this.#hasEnded) this.outputStream.end();
  }
}
