import { grantCommands } from './commands.ts';
import { grantConsent } from './consent.ts';
import { grantConversations } from './conversations.ts';
import { grantErasure } from './erasure.ts';
import { grantExport } from './export.ts';
import type { Granting } from './granting.ts';
import { grantHandover } from './handover.ts';
import { grantHolds } from './holds.ts';
import { grantMedia } from './media.ts';
import { grantMessages } from './messages.ts';
import { grantProfiles } from './profiles.ts';
import { grantPurge } from './purge.ts';
import { grantSessions } from './sessions.ts';
import { grantStoredMedia } from './stored-media.ts';

/** Who may touch what, a feature at a time; what is not here is refused. */
export function grantStores(granting: Granting): void {
  grantSessions(granting);
  grantConversations(granting);
  grantConsent(granting);
  grantMessages(granting);
  grantProfiles(granting);
  grantCommands(granting);
  grantMedia(granting);
  grantStoredMedia(granting);
  grantHandover(granting);
  grantErasure(granting);
  grantHolds(granting);
  grantExport(granting);
  grantPurge(granting);
}
