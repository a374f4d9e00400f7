import type { ShownInNotifications } from '../configuration/notifications.ts';
import { previewOf } from '../conversations/preview.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { liveDevices, type PushToken } from '../stores/personal/push-device.ts';
import type { PushTokenStore } from '../stores/personal/push-token-store.ts';
import { type DueMessage, type DueMessageDeps, dueMessage } from './due-message.ts';
import type { NicknameOf } from './nickname-of.ts';
import { type WhoIsNotifiedDeps, whoIsNotified } from './who-is-notified.ts';

export type PushDeliveryDeps = WhoIsNotifiedDeps &
  DueMessageDeps & {
    readonly conversations: Pick<ConversationStore, 'readMember'>;
    readonly tokens: Pick<PushTokenStore, 'among' | 'read' | 'tokens'>;
    readonly show: ShownInNotifications;
    /** Undefined where names are not stored. */
    readonly nicknameOf: NicknameOf | undefined;
  };

export type PushDelivery = {
  /** None: nothing is to be delivered any more. */
  readonly devices: readonly Pick<PushToken, 'device' | 'platform' | 'token' | 'tokenId'>[];
  /** What the operator lets notifications show. */
  readonly shows: { readonly sender?: string; readonly text?: string };
};

type Due = { readonly userId: string; readonly conversationId: string; readonly seq: number };

const nothing: PushDelivery = { devices: [], shows: {} };

/**
 * Where a notification goes and what it shows, as of now: everything is looked at again, so that what was recalled, erased or read since the event
 * is shown nowhere, and a device that was signed out is left alone.
 */
export async function pushDelivery(
  deps: PushDeliveryDeps,
  { userId, conversationId, seq }: Due,
): Promise<PushDelivery> {
  const member = await deps.conversations.readMember(conversationId, userId);
  if (member === undefined) return nothing;
  const message = await dueMessage(deps, conversationId, seq);
  if (message === undefined) return nothing;
  const [notified] = await whoIsNotified(deps, message, [member]);
  if (notified === undefined) return nothing;
  const live = liveDevices(await deps.tokens.read(userId), deps.now());
  const tokens = await deps.tokens.tokens(live.map(({ tokenId }) => tokenId));
  const devices = tokens
    .filter(({ boundTo }) => boundTo === userId)
    .map(({ device, platform, token, tokenId }) => ({ device, platform, token, tokenId }));
  if (devices.length === 0) return nothing;
  return { devices, shows: await shownOf(deps, message, userId) };
}

async function shownOf(
  { show, nicknameOf }: PushDeliveryDeps,
  { from, content }: DueMessage,
  userId: string,
): Promise<PushDelivery['shows']> {
  if (show === 'nothing') return {};
  const sender = await nicknameOf?.(from, userId);
  const text = show === 'text' ? previewOf(content) : '';
  return { ...(sender !== undefined && { sender }), ...(text !== '' && { text }) };
}
