'use client';

/** What the package `lapse-react` has. */
export { type Client, LapseProvider, type LapseProviderProps, useLapse } from './lapse-provider.ts';
export { useConnection } from './use-connection.ts';
export { useConversations } from './use-conversations.ts';
export { type Messages, type MessagesOptions, useMessages } from './use-messages.ts';
export { usePresence } from './use-presence.ts';
export { type PendingMessage, type Sending, useSend } from './use-send.ts';
export { type Typing, useTyping } from './use-typing.ts';
export { type PendingUpload, type UploadOptions, type Uploads, useUpload } from './use-upload.ts';
