import type { Settings } from '../protocol/settings/table.ts';

/** Whether who is a contact, or is none, learns whether somebody with these settings is there. Blocks apart. */
export function maySee({ presence }: Pick<Settings, 'presence'>, isContact: boolean): boolean {
  return presence === 'everyone' || (presence === 'contacts' && isContact);
}
