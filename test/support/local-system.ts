import type { LocalSystem, LocalSystemOptions } from '../../infra/local/system/local-system.ts';
import { startLocalSystem } from '../../infra/local/system/start.ts';
import { synthesizedAssembly } from './synthesized-assembly.ts';

/**
 * The whole system on free ports, with nothing happening by the clock: fire schedules and sweep by hand.
 * Whoever starts it closes it (`afterAll(() => system.close())`).
 */
export async function startTestSystem(options: Partial<LocalSystemOptions> = {}): Promise<LocalSystem> {
  const assemblyFolder = options.assemblyFolder ?? (await synthesizedAssembly());
  return await startLocalSystem({
    port: 0,
    ttlSweep: false,
    runSchedules: false,
    ...options,
    assemblyFolder,
  });
}
