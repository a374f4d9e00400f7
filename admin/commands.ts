import type { Command } from './command.ts';
import { consentRecord, consentShow } from './consent-commands.ts';
import { userExport } from './export-commands.ts';
import { purgeStatus, retentionPreview } from './retention-commands.ts';

/** Every command by its words. */
export const commands: Readonly<Record<string, Command>> = {
  'purge status': purgeStatus,
  'retention preview': retentionPreview,
  'consent show': consentShow,
  'consent record': consentRecord,
  'user export': userExport,
};
