import type { ExportResult } from '../../shared/protocol/export/table.ts';
import { retryingRequest } from '../connection/retrying-request.ts';
import type { ConnectionStatus } from '../connection/when-online.ts';
import type { Request } from '../wire/actions.ts';

export type ExportedData = {
  readonly requestId: string;
  /** One zip, unless it took the server more than a quarter of an hour to write. */
  readonly urls: readonly string[];
  /** Seconds since the epoch: until when all of them can be fetched. */
  readonly expiresAt: number;
};

type Client = ConnectionStatus & { readonly request: Request };

/** Asks, and asks again when the server says that it is ready or the connection was away: its push may be lost. */
export async function exportData(client: Client): Promise<ExportedData> {
  const request = retryingRequest(client);
  for (;;) {
    const news = nextNews(client);
    try {
      const first = await request('export', {});
      if (first.state === 'ready') return await allParts(request, first);
      await news.came;
    } finally {
      news.stop();
    }
  }
}

type Ready = Extract<ExportResult, { state: 'ready' }>;

async function allParts(request: Request, first: Ready): Promise<ExportedData> {
  const all = [first];
  while (all.length < first.parts) {
    const next = await request('export', { part: all.length + 1 });
    if (next.state === 'ready') all.push(next);
  }
  return {
    requestId: first.requestId,
    urls: all.map(({ url }) => url),
    expiresAt: Math.min(...all.map(({ expiresAt }) => expiresAt)),
  };
}

/** Listened for before it is asked, so that nothing is missed in between. */
function nextNews({ on }: Client): { readonly came: Promise<void>; stop(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const offPush = on('push', ({ type }) => {
    if (type === 'export') resolve();
  });
  const offState = on('state', ({ name }) => {
    if (name !== 'connecting' && name !== 'reconnecting') resolve();
  });
  return {
    came: promise,
    stop() {
      offPush();
      offState();
    },
  };
}
