export type Notification = {
  /** The phone shows the last one with it. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** By which the app opens the conversation. */
  readonly conversationId: string;
};

type Shows = { readonly sender?: string; readonly text?: string };
type Due = {
  readonly eventId: string;
  readonly conversationId: string;
  readonly contentType: string;
  readonly mentioned: boolean;
};

const kinds: Readonly<Record<string, string>> = {
  image: 'A picture',
  audio: 'A sound',
  video: 'A video',
  file: 'A file',
};

/** In your app's own words: this is the place to change them. Without anything to show it says that there is a message, and no more. */
export function notificationOf(
  { eventId, conversationId, contentType, mentioned }: Due,
  { sender, text }: Shows,
): Notification {
  const title = sender ?? 'New message';
  const news = mentioned ? 'You were mentioned' : 'Open the app to read it';
  const kind = sender === undefined ? undefined : kinds[contentType];
  return { id: eventId, title, body: text ?? kind ?? news, conversationId };
}
