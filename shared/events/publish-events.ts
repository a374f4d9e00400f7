import { bytesOf, type EventBusGateway, mostBytes, mostEntries } from './event-bus-gateway.ts';
import { type EventOf, type EventsOfDeps, eventsOf, type SeenChange } from './events-of.ts';

export type PublishEventsDeps = EventsOfDeps & { readonly bus: EventBusGateway };

/**
 * Tells the operator's bus what a batch of a stream is about. Answers the place in the stream from which it has to be delivered
 * again, or undefined when all is told: what was told behind that place is told again, under the same ids.
 */
export async function publishEvents(
  deps: PublishEventsDeps,
  changes: readonly SeenChange[],
): Promise<string | undefined> {
  for (const call of inCalls(await eventsOf(deps, changes))) {
    const [first] = await deps.bus.put(call.map(({ event }) => event));
    if (first !== undefined) return call[first]?.sequenceNumber;
  }
  return undefined;
}

/** In their order, as many to a call as it takes. */
function inCalls(events: readonly EventOf[]): readonly (readonly EventOf[])[] {
  const calls: EventOf[][] = [];
  let bytes = 0;
  for (const each of events) {
    const size = bytesOf(each.event);
    const call = calls.at(-1);
    if (call === undefined || call.length === mostEntries || bytes + size > mostBytes) {
      calls.push([each]);
      bytes = size;
    } else {
      call.push(each);
      bytes += size;
    }
  }
  return calls;
}
