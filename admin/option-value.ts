import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Given } from './command.ts';

/** The value of an option that has to be there; `how` is the command as it should be. */
export function optionValue({ options }: Given, name: string, how: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new StartupError(`--${name} is needed: ${how}`);
  return value;
}

/** Ids with commas between them; undefined without the option. */
export function idList({ options }: Given, name: string): readonly string[] | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  return value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
