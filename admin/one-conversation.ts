import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Given } from './command.ts';

/** `how` is the command as it should be. */
export function oneConversation({ ids: [id, ...others] }: Given, how: string): string {
  if (id === undefined || others.length > 0) throw new StartupError(`name one conversation: ${how}`);
  return id;
}
