import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { StartupError } from '../../infra/local/process/startup-error.ts';
import type { ImportBatch } from '../../packages/lapse-server/src/commands.ts';

/** As many as the function takes at once, and as many bytes as are far from what an invocation takes. */
const mostMessages = 250;
const mostBytes = 1_000_000;

const instant = z.union([
  z.int().nonnegative(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

const line = z.union([
  z.strictObject({
    conversation: z.strictObject({
      id: z.string().min(1).max(128),
      kind: z.enum(['direct', 'group']),
      members: z.array(z.string()).min(2),
      title: z.string().exactOptional(),
      retention: z.int().positive().exactOptional(),
      history: z.enum(['start', 'joining']).exactOptional(),
      afterLeaving: z.enum(['keep', 'nothing']).exactOptional(),
    }),
  }),
  z.strictObject({
    message: z.strictObject({
      id: z.string().min(1).max(128),
      from: z.string(),
      sentAt: instant,
      text: z.string().min(1),
    }),
  }),
]);

/** What one invocation takes; behind which line of the file it ends, and how many bytes that are. */
export type ReadBatch = ImportBatch & { readonly line: number; readonly bytes: number };

/** The batches of a file, one after the other, whatever its size. */
export async function* readImport(file: string): AsyncGenerator<ReadBatch> {
  const input = createReadStream(file, { encoding: 'utf8' });
  const failed = new Promise<never>((_, reject) =>
    input.on('error', () => reject(new StartupError(`${file} cannot be read`))),
  );
  failed.catch(() => undefined);
  try {
    yield* batchesOf(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }));
    await Promise.race([failed, Promise.resolve()]);
  } finally {
    input.destroy();
  }
}

export async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<ReadBatch> {
  let conversation: ImportBatch['conversation'] | undefined;
  let messages: ImportBatch['messages'][number][] = [];
  let size = 0;
  let bytes = 0;
  let at = 0;
  let begunAt = 0;
  let latest = 0;
  for await (const text of lines) {
    at += 1;
    bytes += Buffer.byteLength(text) + 1;
    if (text.trim() === '') continue;
    const parsed = parse(text, at);
    if ('conversation' in parsed) {
      if (conversation !== undefined) yield batch(true, begunAt);
      ({ conversation } = parsed);
      [messages, size, latest] = [[], 0, 0];
      begunAt = at;
      continue;
    }
    if (conversation === undefined)
      throw new StartupError(`line ${at}: a message before the line of its conversation`);
    const { message } = parsed;
    if (message.sentAt < latest)
      throw new StartupError(`line ${at}: older than the line before: sort each conversation by sentAt`);
    latest = message.sentAt;
    if (messages.length >= mostMessages || size + Buffer.byteLength(text) > mostBytes) {
      yield batch(false, at - 1);
      [messages, size] = [[], 0];
    }
    messages.push(message);
    size += Buffer.byteLength(text);
    begunAt = at;
  }
  if (conversation !== undefined) yield batch(true, at);

  function batch(isLast: boolean, line: number): ReadBatch {
    return { conversation: conversation as ImportBatch['conversation'], messages, isLast, line, bytes };
  }
}

/** Says where and what is wrong, and nothing of what stands there. */
function parse(text: string, at: number): z.infer<typeof line> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StartupError(`line ${at}: not JSON: one object a line, with conversation or message`);
  }
  const parsed = line.safeParse(value);
  if (parsed.success) return parsed.data;
  const named =
    typeof value === 'object' && value !== null && 'message' in value ? 'message' : 'conversation';
  const form =
    named === 'message'
      ? '{"message": {"id", "from", "sentAt", "text"}}'
      : '{"conversation": {"id", "kind", "members"}}';
  throw new StartupError(`line ${at}: is to be ${form}, as docs/import.md says`);
}
