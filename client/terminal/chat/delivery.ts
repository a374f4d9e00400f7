import { mayMentionAll } from '../../conversations/may-do-for-all.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { fileRefusal, takesMedia } from '../../media/media-refusal.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { newId } from '../../wire/new-id.ts';
import { type Mentions, mentionsIn } from '../../words/mention-words.ts';
import { FileError, type TerminalFiles } from '../files/terminal-files.ts';
import { renderError } from '../rendering/render.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { Screen } from '../screen/screen.ts';

/** What was written at this terminal, until it has reached the server. */
export type Delivery = {
  say(conversationId: string, text: string, replyTo?: number): void;
  attach(conversationId: string, path: string): Promise<void>;
  /** Sends again what waits for the other person of this conversation. */
  retry(conversationId: string): void;
  /** Whether something was refused. */
  hasFailed(): boolean;
  fail(error: unknown, about?: string): void;
  /** Resolves when all that was said has arrived or was refused. */
  settled(): Promise<unknown>;
};

type Said = {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly replyTo: number | undefined;
};

export function delivery(client: LapseClient, files: TerminalFiles, { write, style }: Screen): Delivery {
  const sending = new Set<Promise<unknown>>();
  /** Refused because the other person is not there yet: kept until they are, or until this terminal ends. */
  const waiting: Said[] = [];
  let failed = false;

  function fail(error: unknown, about?: string): void {
    failed = true;
    const more = about === undefined ? '' : `: ${safeLine(about)}`;
    if (error instanceof FileError) write(style.warning(safeLine(error.message)));
    else if (error instanceof LapseError) write(`${renderError(error, style)}${more}`);
    else throw error;
  }

  function deliver({ id, conversationId, text, replyTo }: Said): void {
    const about = { ...called(conversationId, text), ...(replyTo !== undefined && { replyTo }) };
    const sent = client.send(conversationId, text, { id, ...about }).catch((error: unknown) => {
      if (error instanceof LapseError && error.code === 'WAITING') {
        waiting.push({ id, conversationId, text, replyTo });
        write(`${renderError(error, style)}: ${safeLine(text)}`);
      } else fail(error, text);
    });
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  }

  /** `@` before the name of a member; of a group of more than 32 the members are not here. */
  function called(id: string, text: string): Mentions {
    const place = client.conversations().find(({ conversationId }) => conversationId === id);
    const names = (place?.members ?? []).map(({ userId }) => userId);
    return mentionsIn(text, names, place !== undefined && mayMentionAll(place, client.hello()?.rules));
  }

  function retry(conversationId: string): void {
    const theirs = waiting.filter((each) => each.conversationId === conversationId);
    waiting.splice(0, waiting.length, ...waiting.filter((each) => each.conversationId !== conversationId));
    for (const each of theirs) deliver(each);
  }

  // Whoever writes there is there.
  client.on('message', ({ conversationId, from }) => {
    if (from !== client.hello()?.userId) retry(conversationId);
  });

  return {
    say(conversationId, text, replyTo) {
      if (client.state().name !== 'online') write(style.dim(`waits to be sent: ${safeLine(text)}`));
      deliver({ id: newId(), conversationId, text, replyTo });
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
