import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { TimerSet } from '../time/timer-set.ts';
import type { Request } from '../wire/actions.ts';
import { type ReadMarks, readMarks } from './read-marks.ts';

/** Tells how far messages have come to this device. */
export type DeliveryReceipts = Pick<ReadMarks, 'resume'> & {
  came(message: Pick<MessageBody, 'conversationId' | 'seq'>): void;
};

/** What comes within that time is told of together. */
const togetherMs = 2_000;

export type DeliveryReceiptsOptions = {
  readonly request: Request;
  readonly timers: TimerSet;
  /** Who has read it has it too, and whoever tells nobody is not to ask the server to keep silent. */
  readonly told: (conversationId: string, seq: number) => boolean;
};

export function deliveryReceipts({ request, timers, told }: DeliveryReceiptsOptions): DeliveryReceipts {
  const come = new Map<string, number>();
  const untold = new Set<string>();
  const marks = readMarks((conversationId, seq) => request('delivered', { conversationId, seq }));

  function tell(conversationId: string): void {
    untold.delete(conversationId);
    const seq = come.get(conversationId) ?? 0;
    if (!told(conversationId, seq)) marks.mark(conversationId, seq);
  }

  return {
    came({ conversationId, seq }) {
      if (seq <= (come.get(conversationId) ?? 0)) return;
      come.set(conversationId, seq);
      if (untold.has(conversationId)) return;
      untold.add(conversationId);
      timers.after(togetherMs, () => tell(conversationId));
    },
    resume: marks.resume,
  };
}
