import type { Command } from './command.ts';
import { consentRecord, consentShow, consentWithdraw } from './consent-commands.ts';
import {
  conversationMembers,
  conversationOpen,
  conversationShow,
  conversationTitle,
} from './conversation-commands.ts';
import { userErase, userReceipts } from './erasure-commands.ts';
import { userExport } from './export-commands.ts';
import { conversationHold, conversationRelease, userHold, userRelease } from './hold-commands.ts';
import { messageErase, messageSend } from './message-commands.ts';
import { reportDecide, reportList, reportShow } from './report-commands.ts';
import { purgeStatus, retentionPreview } from './retention-commands.ts';

/** Every command by its words. */
export const commands: Readonly<Record<string, Command>> = {
  'purge status': purgeStatus,
  'retention preview': retentionPreview,
  'user erase': userErase,
  'user receipts': userReceipts,
  'consent show': consentShow,
  'consent record': consentRecord,
  'consent withdraw': consentWithdraw,
  'user hold': userHold,
  'user release': userRelease,
  'conversation hold': conversationHold,
  'conversation release': conversationRelease,
  'user export': userExport,
  'conversation open': conversationOpen,
  'conversation members': conversationMembers,
  'conversation title': conversationTitle,
  'conversation show': conversationShow,
  'message send': messageSend,
  'message erase': messageErase,
  'report list': reportList,
  'report show': reportShow,
  'report decide': reportDecide,
};
