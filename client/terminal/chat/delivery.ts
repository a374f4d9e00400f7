import type { LapseClient } from '../../lapse-client.ts';
import { fileRefusal, takesMedia } from '../../media/media-refusal.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { FileError, type TerminalFiles } from '../files/terminal-files.ts';
import { renderError } from '../rendering/render.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { Screen } from '../screen/screen.ts';

/** What was written at this terminal, until it has reached the server. */
export type Delivery = {
  say(conversationId: string, text: string): void;
  attach(conversationId: string, path: string): Promise<void>;
  /** Whether something was refused. */
  hasFailed(): boolean;
  fail(error: unknown, about?: string): void;
  /** Resolves when all that was said has arrived or was refused. */
  settled(): Promise<unknown>;
};

export function delivery(client: LapseClient, files: TerminalFiles, { write, style }: Screen): Delivery {
  const sending = new Set<Promise<unknown>>();
  let failed = false;

  function fail(error: unknown, about?: string): void {
    failed = true;
    const more = about === undefined ? '' : `: ${safeLine(about)}`;
    if (error instanceof FileError) write(style.warning(safeLine(error.message)));
    else if (error instanceof LapseError) write(`${renderError(error, style)}${more}`);
    else throw error;
  }

  return {
    say(conversationId, text) {
      if (client.state().name !== 'online') write(style.dim(`waits to be sent: ${safeLine(text)}`));
      const sent = client.send(conversationId, text).catch((error: unknown) => fail(error, text));
      sending.add(sent);
      void sent.finally(() => sending.delete(sent));
    },
    async attach(conversationId, path) {
      const hello = client.hello();
      if (hello === undefined) return;
      if (!takesMedia(hello))
        throw new FileError('messages are not stored here, and files only with them: text can be sent');
      const { imageBytes, audioBytes, videoBytes, fileBytes } = hello.limits;
      const file = await files.read(path, Math.max(imageBytes, audioBytes, videoBytes, fileBytes));
      const refusal = fileRefusal({ ...file, bytes: file.bytes.length }, hello);
      if (refusal !== undefined) throw new FileError(refusal);
      write(style.dim(`sending ${safeLine(file.name)} …`));
      await client.sendMedia(conversationId, file);
    },
    hasFailed: () => failed,
    fail,
    settled: () => Promise.all(sending),
  };
}
