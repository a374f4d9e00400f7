import type { TextContent } from './commands.ts';
import type { LapseServer } from './lapse-server.ts';
import { LapseServerError } from './lapse-server-error.ts';

export type Announcement = {
  /** One of your senders. */
  readonly from: string;
  readonly content: TextContent;
  /** The same announcement again under the same id reaches nobody twice: of 1 to 64 letters, digits, `-` and `_`. */
  readonly id: string;
  /** User ids, as many as there are: read as they are needed. */
  readonly to: Iterable<string> | AsyncIterable<string>;
};

export type Announced = {
  readonly sent: number;
  /** It had been sent to them before. */
  readonly repeated: number;
  /** They have not agreed to your policy: nothing was stored for them. Announce again later, under the same id. */
  readonly waiting: number;
  /** Refused, by its code. */
  readonly refused: Readonly<Record<string, number>>;
};

export type AnnounceOptions = {
  /** How many people at the same time; 8 without it. */
  readonly atOnce?: number;
  /** Told after each of them. */
  readonly progress?: (announced: Announced) => void;
  readonly pause?: (millis: number) => Promise<unknown>;
};

type Lapse = Pick<LapseServer, 'openConversation' | 'sendMessage'>;

const attempts = 8;
const firstPauseMillis = 200;
const mayPass = new Set(['RATE_LIMITED', 'CONFLICT', 'INTERNAL', 'FUNCTION_FAILED']);

const pauseFor = async (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * Writes the same to many people, to each in a direct conversation with the sender, as fast as the sender may. Whatever stops it, begin it again with
 * the same id: who has got it does not get it twice.
 */
export async function announce(
  lapse: Lapse,
  { from, content, id, to }: Announcement,
  { atOnce = 8, progress = () => undefined, pause = pauseFor }: AnnounceOptions = {},
): Promise<Announced> {
  const announced = { sent: 0, repeated: 0, waiting: 0, refused: {} as Record<string, number> };
  const running = new Set<Promise<void>>();
  let failure: unknown;
  for await (const userId of to) {
    const one = tell(userId).catch((error: unknown) => {
      failure ??= error;
    });
    running.add(one);
    void one.then(() => running.delete(one));
    if (running.size >= atOnce) await Promise.race(running);
    if (failure !== undefined) break;
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
  return announced;

  async function tell(userId: string): Promise<void> {
    try {
      const isRepeat = await patiently(async () => write(userId));
      announced[isRepeat ? 'repeated' : 'sent'] += 1;
    } catch (error) {
      if (!(error instanceof LapseServerError) || mayPass.has(error.code)) throw error;
      // Of the sender or the text: it is so of everybody.
      if (error.code === 'UNKNOWN_SENDER') throw error;
      if (error.code === 'WAITING') announced.waiting += 1;
      else announced.refused[error.code] = (announced.refused[error.code] ?? 0) + 1;
    }
    progress(announced);
  }

  async function write(userId: string): Promise<boolean> {
    const members = [from, userId];
    const { conversationId } = await lapse.openConversation({ by: from, kind: 'direct', members, id });
    const { duplicate } = await lapse.sendMessage({ from, conversationId, content, id });
    return duplicate === true;
  }

  async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await act();
      } catch (error) {
        const isPassing = error instanceof LapseServerError && mayPass.has(error.code);
        if (!isPassing || attempt >= attempts) throw error;
        await pause(error.retryAfterMs ?? firstPauseMillis * 2 ** attempt);
      }
    }
  }
}
