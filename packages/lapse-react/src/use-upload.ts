import type { GivenMedia, SendOptions } from 'lapse-client';
import { useMemo } from 'react';
import { type Client, useLapse } from './lapse-provider.ts';
import { keepList } from './same.ts';
import { createStore, type Store } from './store.ts';
import { useStore } from './use-store.ts';

export type PendingUpload = {
  readonly id: number;
  readonly file: GivenMedia;
  readonly status: 'sending' | 'failed';
  /** Parts that have arrived, of how many; most media goes in one. */
  readonly done: number;
  readonly parts: number;
  /** Why it failed: a `LapseError`, whose `retryable` says whether the same may succeed later. */
  readonly error?: unknown;
};

export type UploadOptions = SendOptions & { readonly caption?: string };

export type Uploads = {
  /** The oldest first. What has arrived is a message, and not here any more. */
  readonly uploads: readonly PendingUpload[];
  /** Uploads and sends. It never rejects: what has failed is among `uploads`. */
  readonly upload: (file: GivenMedia, options?: UploadOptions) => Promise<void>;
  /** Tries again what has failed. */
  readonly retry: (id: number) => Promise<void>;
  /** Ends one that is under way, and takes it or what has failed away. */
  readonly cancel: (id: number) => void;
};

const none: readonly PendingUpload[] = [];

function uploadStore(
  client: Client,
  conversationId: string,
): Store<readonly PendingUpload[]> & Omit<Uploads, 'uploads'> {
  const uploads = new Map<number, PendingUpload>();
  const given = new Map<number, { readonly options: UploadOptions; readonly stop: AbortController }>();
  let lastId = 0;
  let told: () => void = () => undefined;
  const store = createStore<readonly PendingUpload[]>({
    read: () => [...uploads.values()],
    keep: keepList,
    listen(changed) {
      told = changed;
      return () => {
        told = () => undefined;
      };
    },
  });

  function become(id: number, change: Partial<PendingUpload>): void {
    const known = uploads.get(id);
    if (known !== undefined) uploads.set(id, { ...known, ...change });
    told();
  }

  function remove(id: number): void {
    uploads.delete(id);
    given.delete(id);
    told();
  }

  async function upload(file: GivenMedia, options: UploadOptions = {}): Promise<void> {
    lastId += 1;
    const id = lastId;
    const stop = new AbortController();
    given.set(id, { options, stop });
    uploads.set(id, { id, file, status: 'sending', done: 0, parts: 1 });
    told();
    try {
      await client.sendMedia(conversationId, file, {
        ...options,
        signal: stop.signal,
        onPart: (done, parts) => become(id, { done, parts }),
      });
      remove(id);
    } catch (error) {
      // What was cancelled is gone already.
      become(id, { status: 'failed', error });
    }
  }

  return {
    ...store,
    upload,
    async retry(id) {
      const known = uploads.get(id);
      const { options } = given.get(id) ?? {};
      if (known?.status !== 'failed') return;
      remove(id);
      await upload(known.file, options);
    },
    cancel(id) {
      given.get(id)?.stop.abort();
      remove(id);
    },
  };
}

/**
 * Uploads into a conversation and sends what was uploaded. One goes on when the component is taken away: what it becomes is a message. To
 * show its progress again later, use the hook further up.
 */
export function useUpload(conversationId: string): Uploads {
  const client = useLapse();
  const { subscribe, get, upload, retry, cancel } = useMemo(
    () => uploadStore(client, conversationId),
    [client, conversationId],
  );
  const store = useMemo(() => ({ subscribe, get }), [subscribe, get]);
  const uploads = useStore(store, none);
  return useMemo(() => ({ uploads, upload, retry, cancel }), [uploads, upload, retry, cancel]);
}
