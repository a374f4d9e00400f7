import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import {
  type ExportFileStore,
  exportFileStore,
} from '../../../../shared/stores/privacy/export-file-store.ts';
import { epochSeconds } from '../../../../shared/time.ts';
import { exportWorld } from '../../../support/export-world.ts';
import { type StoreBucket, storeBucket } from '../../../support/store-bucket.ts';

let bucket: StoreBucket;
beforeAll(async () => {
  bucket = await storeBucket('exports');
});
afterAll(async () => bucket?.close());

const bytes = [Buffer.alloc(5 * 1024 * 1024, 1), Buffer.from('the end')];

async function uploaded(files: ExportFileStore, key: string): Promise<void> {
  const upload = await files.begin(key);
  const parts = await Promise.all(bytes.map(async (data, index) => files.addPart(upload, index + 1, data)));
  expect(await files.list('r/')).toEqual([]);
  await files.complete(upload, parts);
}

const subjects: readonly (readonly [string, () => ExportFileStore])[] = [
  ['the object store', () => exportFileStore(bucket.s3, 'exports')],
  ['the fake', () => exportWorld().files],
];

describe.each(subjects)('zips in %s', (_name, subject) => {
  test('a zip is there when its upload is completed, and can be removed twice', async () => {
    const files = subject();
    await uploaded(files, 'r/1.zip');
    expect(await files.list('r/')).toEqual(['r/1.zip']);
    expect(await files.list('q/')).toEqual([]);
    await files.remove('r/1.zip');
    await files.remove('r/1.zip');
    expect(await files.list('r/')).toEqual([]);
  });

  test('an upload that is aborted, even twice, takes nothing more and leaves nothing', async () => {
    const files = subject();
    const upload = await files.begin('r/2.zip');
    await files.addPart(upload, 1, Buffer.from('half'));
    await files.abort(upload);
    await files.abort(upload);
    await expect(files.addPart(upload, 2, Buffer.from('late'))).rejects.toThrow();
    expect(await files.list('r/')).toEqual([]);
  });
});

test('whoever has the address of a zip reads its parts in order, and an aborted upload costs nothing', async () => {
  const files = exportFileStore(bucket.s3, 'exports');
  await uploaded(files, 'r/3.zip');
  const now = epochSeconds(Date.now());
  const response = await fetch(await files.presign('r/3.zip', now, epochSeconds((now + 60) * 1000)));
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.concat(bytes))).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': 'attachment',
    'cache-control': 'no-store',
  });
  await files.abort(await files.begin('r/4.zip'));
  const { Uploads = [] } = await bucket.s3.send(new ListMultipartUploadsCommand({ Bucket: 'exports' }));
  expect(Uploads).toEqual([]);
});
