import type { LapseClient } from '../../lapse-client.ts';
import { fileRefusal, takesMedia } from '../../media/media-refusal.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { newId } from '../../wire/new-id.ts';
import { FileError, type TerminalFiles } from '../files/terminal-files.ts';
import { renderError } from '../rendering/render.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { Screen } from '../screen/screen.ts';

/** What was written at this terminal, until it has reached the server. */
export type Delivery = {
  say(conversationId: string, text: string): void;
  attach(conversationId: string, path: string): Promise<void>;
  /** Sends again what waits for the other person of this conversation. */
  retry(conversationId: string): void;
  /** Whether something was refused. */
  hasFailed(): boolean;
  fail(error: unknown, about?: string): void;
  /** Resolves when all that was said has arrived or was refused. */
  settled(): Promise<unknown>;
};

export function delivery(client: LapseClient, files: TerminalFiles, { write, style }: Screen): Delivery {
  const sending = new Set<Promise<unknown>>();
  /** Refused because the other person is not there yet: kept until they are, or until this terminal ends. */
  const waiting: { readonly id: string; readonly conversationId: string; readonly text: string }[] = [];
  let failed = false;

  function fail(error: unknown, about?: string): void {
    failed = true;
    const more = about === undefined ? '' : `: ${safeLine(about)}`;
    if (error instanceof FileError) write(style.warning(safeLine(error.message)));
    else if (error instanceof LapseError) write(`${renderError(error, style)}${more}`);
    else throw error;
  }

  function deliver(conversationId: string, text: string, id: string): void {
    const sent = client.send(conversationId, text, { id }).catch((error: unknown) => {
      if (error instanceof LapseError && error.code === 'WAITING') {
        waiting.push({ id, conversationId, text });
        write(`${renderError(error, style)}: ${safeLine(text)}`);
      } else fail(error, text);
    });
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  }

  function retry(conversationId: string): void {
    const theirs = waiting.filter((each) => each.conversationId === conversationId);
    waiting.splice(0, waiting.length, ...waiting.filter((each) => each.conversationId !== conversationId));
    for (const { id, text } of theirs) deliver(conversationId, text, id);
  }

  // Whoever writes there is there.
  client.on('message', ({ conversationId, from }) => {
    if (from !== client.hello()?.userId) retry(conversationId);
  });

  return {
    say(conversationId, text) {
      if (client.state().name !== 'online') write(style.dim(`waits to be sent: ${safeLine(text)}`));
      deliver(conversationId, text, newId());
    },
    retry,
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
    hasFailed: () => failed || waiting.length > 0,
    fail,
    settled: () => Promise.all(sending),
  };
}
