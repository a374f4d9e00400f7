import type { LapName } from '../../shared/configuration/lap-partition.ts';
import type { LapStore } from '../../shared/stores/privacy/lap-store.ts';

export function memoryLaps(): LapStore {
  const places = new Map<LapName, string>();
  return {
    read: async (name) => places.get(name),
    save: async (name, after) => void places.set(name, after),
    end: async (name) => void places.delete(name),
  };
}
