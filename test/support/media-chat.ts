import type { LocalSystem, LocalSystemOptions } from '../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person } from './chat-person.ts';
import { startTestSystem } from './local-system.ts';
import { storedObjects } from './stored-objects.ts';
import { type SystemTables, systemTables } from './system-tables.ts';

export type MediaChat = {
  readonly system: LocalSystem;
  readonly tables: SystemTables;
  readonly objects: ReturnType<typeof storedObjects>;
  readonly alice: Person;
  readonly bob: Person;
  readonly mallory: Person;
  /** Of alice and bob. */
  readonly conversationId: string;
  /** Of alice and mallory. */
  readonly elsewhere: string;
  close(): Promise<void>;
};

/** A system of its own in which three people may send each other media. */
export async function startMediaChat(options: Partial<LocalSystemOptions> = {}): Promise<MediaChat> {
  const system = await startTestSystem(options);
  const [tables, objects] = [systemTables(system), storedObjects(system)];
  const [alice, bob, mallory] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'mallory'),
  ]);
  const conversationId = await openDirect(alice, 'bob');
  const elsewhere = await openDirect(alice, 'mallory');
  return {
    ...{ system, tables, objects, alice, bob, mallory, conversationId, elsewhere },
    async close() {
      tables.close();
      objects.close();
      await system.close();
    },
  };
}

export const codeOf = (frame: Frame): string | undefined => frame.error?.code;
