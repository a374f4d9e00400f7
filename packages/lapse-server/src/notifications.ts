/** Of an event `lapse.notification.due`. */
export type DueNotification = {
  readonly userId: string;
  readonly conversationId: string;
  readonly seq: number;
};

export type NotifiedDevice = {
  readonly device: string;
  readonly platform: 'apns' | 'apns-sandbox' | 'fcm' | 'web';
  /** A secret. */
  readonly token: string;
  /** Says which token, and nothing of it. */
  readonly tokenId: string;
};

export type PushDelivery = {
  /** None: nothing is to be delivered any more. */
  readonly devices: readonly NotifiedDevice[];
  /** What `notifications.show` allows. */
  readonly shows: { readonly sender?: string; readonly text?: string };
};

export type EndPushToken = { readonly userId: string; readonly tokenId: string };
/** How many: 0 where the app has registered another one since. */
export type EndedPushTokens = { readonly ended: number };
