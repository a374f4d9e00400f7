import { S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { uncheckedCredentials } from '../../../infra/local/model/local-identity.ts';
import { exportLink } from '../../../shared/export/export-link.ts';
import { giveDownload } from '../../../shared/media/give-download.ts';
import type { Conversation } from '../../../shared/stores/conversations/conversation.ts';
import { mediaUrls } from '../../../shared/stores/media/media-url-gateway.ts';
import { exportFileStore } from '../../../shared/stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../../../shared/stores/privacy/export-request.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../../../shared/time.ts';

const s3 = new S3Client({ region: 'eu-west-1', credentials: uncheckedCredentials });
afterAll(() => s3.destroy());

/** From when to when the object store takes the address, in seconds. */
function lifeOf(url: string): readonly [from: number, until: number] {
  const { searchParams } = new URL(url);
  const date = searchParams.get('X-Amz-Date') ?? '';
  const from = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:')) / 1000;
  return [from, from + Number(searchParams.get('X-Amz-Expires'))];
}

/** An instant of any year, and how long from then on something lasts. */
const instants = fc.tuple(
  fc.integer({ min: 1_700_000_000_000, max: 2_000_000_000_000 }),
  fc.integer({ min: 1, max: 5_000_000 }),
);

test('the address of media ends with its message, or two minutes after it was given', async () => {
  const member = { userId: 'bob' };
  const conversation = { members: new Map([['bob', member]]) } as unknown as Conversation;
  await fc.assert(
    fc.asyncProperty(instants, async ([at, left]) => {
      const now = epochMillis(at);
      const end = (epochSeconds(at) + Math.ceil(left / 1000)) as EpochSeconds;
      const deps = {
        conversations: {
          readFormer: async () => undefined,
          readMember: async (_id: string, userId: string) => conversation.members.get(userId),
        },
        findMedia: async () => ({ mediaId: 'm', variants: [], end }),
        urls: mediaUrls(s3, 'media'),
        now: () => now,
      };
      const frame = { action: 'download', id: 'd', conversationId: 'd-1', seq: 1 } as const;
      const { url = '', expiresAt = 0 } = (await giveDownload(deps, 'bob', frame)) as {
        url?: string;
        expiresAt?: number;
      };
      const [from, until] = lifeOf(url);
      expect(from).toBeLessThanOrEqual(at / 1000);
      expect(until).toBe(expiresAt);
      expect(until).toBeLessThanOrEqual(Math.min(end, from + 120));
    }),
  );
});

test('the address of a zip ends with the zip, or a quarter of an hour after it was given', async () => {
  const files = exportFileStore(s3, 'exports');
  await fc.assert(
    fc.asyncProperty(instants, async ([at, left]) => {
      const readableUntil = epochMillis(at + left);
      const request = { userId: 'bob', requestId: 'r', parts: 1, readableUntil } as unknown as ExportRequest;
      const now = () => epochMillis(at);
      const link = await exportLink({ files, now, retention: undefined }, request, 1);
      if (link === undefined) {
        expect(epochSeconds(readableUntil)).toBe(epochSeconds(at));
        return;
      }
      const [from, until] = lifeOf(link.url);
      expect(from).toBeLessThanOrEqual(at / 1000);
      expect(until).toBe(link.expiresAt);
      expect(until * 1000).toBeLessThanOrEqual(Math.min(readableUntil, from * 1000 + 900_000));
    }),
  );
});
