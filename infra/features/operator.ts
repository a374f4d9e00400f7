import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { grantChangingMembers, grantChangingTitles, grantOpening, titleSettings } from './conversations.ts';
import { grantSending } from './messages.ts';
import { policySettings, type Setting } from './settings.ts';

const textSettings = ['sensitiveData', 'nationalIdCountries'] as const satisfies readonly Setting[];
const messageSettings = ['messagesStored', 'messageRetentionSeconds'] as const satisfies readonly Setting[];

/** As long as a frame has. */
const actSeconds = 10;

/** The operator's own senders write: no route leads there. Answers the function that sends. */
export function addOperatorMessages(system: ChatSystem): ChatFunction {
  const { rateLimits } = system.data;
  const send = system.addCommand(
    'admin-message-send',
    [
      ...policySettings,
      ...messageSettings,
      ...textSettings,
      'senders',
      'profilesStored',
      'purgeBoundSeconds',
    ],
    actSeconds,
  );
  grantSending(system, send);
  rateLimits.grant(send, 'UpdateItem');
  return send;
}

/** What an app's server does with conversations: the same as their people do, and for whomever it names. */
export function addOperatorConversations(system: ChatSystem): void {
  const { messages, conversations, consents, privacy, erasures, rateLimits } = system.data;
  const open = system.addCommand(
    'admin-conversation-open',
    [...policySettings, ...messageSettings, ...textSettings, ...titleSettings, 'senders', 'groups'],
    actSeconds,
  );
  grantOpening(system, open);
  const members = system.addCommand(
    'admin-conversation-members',
    [...policySettings, ...messageSettings, ...titleSettings, 'senders', 'groups'],
    actSeconds,
  );
  grantChangingMembers(system, members);
  for (const fn of [open, members]) consents.grant(fn, 'Query');
  const title = system.addCommand(
    'admin-conversation-title',
    [...policySettings, ...messageSettings, ...textSettings, ...titleSettings, 'senders'],
    actSeconds,
  );
  grantChangingTitles(system, title);
  for (const fn of [open, members, title]) rateLimits.grant(fn, 'UpdateItem');

  if (messages !== undefined) addImport(system);

  const show = system.addCommand('admin-conversation-show');
  conversations.grant(show, 'Query');

  const erase = system.addCommand('admin-message-erase', ['messagesStored']);
  messages?.grant(erase, 'Query');
  privacy.grant(erase, 'GetItem', 'PutItem');
  privacy.grantAskingForHolds(erase);
  erasures.grantSend(erase);
}

/** What people wrote elsewhere comes over with its own times. Without messages that are stored there is nowhere to bring it. */
function addImport(system: ChatSystem): void {
  const { messages, conversations, consents, sends, privacy, retries } = system.data;
  const fn = system.addCommand(
    'admin-import',
    [...policySettings, ...messageSettings, ...textSettings, ...titleSettings, 'senders', 'groups'],
    actSeconds,
  );
  grantOpening(system, fn);
  messages?.grant(fn, 'PutItem', 'Query');
  privacy.grantRetention(fn, 'messages');
  sends.grant(fn, 'PutItem', 'BatchGetItem');
  consents.grant(fn, 'Query');
  conversations.grant(fn, 'UpdateItem');
  // The lists of a large group's members.
  retries?.grantSend(fn);
}
