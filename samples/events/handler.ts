import { type Kept, keepOnce } from './keep-once.ts';

/** The target of a rule such as `{"source": ["lapse"], "detail-type": [{"prefix": "lapse.privacy."}]}`. */
export type LapseEvent = {
  readonly 'detail-type': string;
  readonly detail: { readonly eventId: string; readonly occurredAt: string } & Readonly<
    Record<string, unknown>
  >;
};

/**
 * A consumer to begin with: a log of what happened, in a table of your own, each fact once. An event comes at least once and in no
 * order: whatever you do with it, go by its `eventId`.
 */
export async function recordEvent(kept: Kept, { 'detail-type': type, detail }: LapseEvent): Promise<boolean> {
  const { eventId, occurredAt, ...ids } = detail;
  return kept.put({ eventId, type, occurredAt, ids });
}

const kept = keepOnce();

export const handler = async (event: LapseEvent): Promise<void> => {
  await recordEvent(kept, event);
};
