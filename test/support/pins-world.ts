import { tellPinned } from '../../shared/pins/announce-pinned.ts';
import { pinMessage } from '../../shared/pins/pin-message.ts';
import { readPins } from '../../shared/pins/read-pins.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { type Pin, pinStore } from '../../shared/stores/pins/pin-store.ts';
import type { RoomJob } from '../../shared/stores/queue/room-job.ts';
import type { ChangesWorld } from './changes-world.ts';
import { direct, type Step } from './step.ts';

/** Who pins which messages of such a group. */
export function pinsWorld(
  world: ChangesWorld,
  { mostPins = 2, pinsInGroups = 'members' as 'members' | 'admins' } = {},
) {
  const { conversationId, databaseOf, engine } = world;
  const roomJobs: RoomJob[] = [];

  function deps(step: Step) {
    const made = world.deps(step);
    const telling = {
      ...made,
      roomJobs: { addAll: async (more: readonly RoomJob[]) => step(() => void roomJobs.push(...more)) },
    };
    return {
      ...telling,
      pins: pinStore(databaseOf(step), 'conversations'),
      ...{ mostPins, pinsInGroups, tell: tellPinned(telling) },
    };
  }

  const page = async (userId: string, limit: number, before?: number) =>
    readPins({ ...deps(direct), markOwn: async (_reader, messages) => messages }, userId, {
      ...{ conversationId, limit, before },
    });

  return {
    roomJobs,
    page,
    pin: async (step: Step, userId: string, id: string, seq: number, on = true) =>
      pinMessage(deps(step), userId, { id, conversationId, seq, on }),
    /** All pages of so many each. */
    async pinned(userId: string, limit = 100): Promise<readonly MessageBody[]> {
      const all: MessageBody[] = [];
      for (let before: number | undefined, more = true; more; more = before !== undefined) {
        const { messages, next } = await page(userId, limit, before);
        all.push(...messages);
        if (all.length > 100) throw new Error('its pages have no end');
        before = next;
      }
      return all;
    },
    /** The row that says where there are pins. */
    listed: (): readonly Pin[] => {
      const row = [...engine.items('conversations')].find(({ entry }) => entry === 'pins');
      return (row?.['pins'] ?? []) as readonly Pin[];
    },
  };
}
