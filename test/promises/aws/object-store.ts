import { NoSuchKey, NoSuchUpload } from '@aws-sdk/client-s3';

export type StoredObject = {
  readonly bytes: Uint8Array;
  readonly createdAt: number;
  tags: ReadonlyMap<string, string>;
};

type Input = {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly Prefix?: string;
  readonly Body?: Uint8Array | string;
  readonly UploadId?: string;
  readonly PartNumber?: number;
  readonly CopySource?: string;
  /** As a header of the request, or as its body. */
  readonly Tagging?:
    | string
    | { readonly TagSet?: readonly { readonly Key?: string; readonly Value?: string }[] };
};

export type Command = { readonly constructor: { readonly name: string }; readonly input: object };

export type ObjectStoreDeps = {
  readonly now: () => number;
  readonly random: () => number;
  readonly onRemove: (bucket: string, key: string) => void;
};

/** S3 in memory, as far as the stores use it; what it does not know it refuses. */
export type ObjectStore = {
  execute(command: Command): object;
  put(bucket: string, key: string, bytes: Uint8Array): void;
  get(bucket: string, key: string): StoredObject | undefined;
  remove(bucket: string, key: string): void;
  all(): Iterable<{ readonly bucket: string; readonly key: string; readonly object: StoredObject }>;
};

export function objectStore({ now, random, onRemove }: ObjectStoreDeps): ObjectStore {
  const buckets = new Map<string, Map<string, StoredObject>>();
  const uploads = new Map<string, Map<number, Uint8Array>>();

  const commands: Readonly<Record<string, (input: Input) => object>> = {
    PutObjectCommand: ({ Bucket = '', Key = '', Body = '' }) => {
      put(Bucket, Key, typeof Body === 'string' ? Buffer.from(Body) : Body);
      return {};
    },
    GetObjectCommand: ({ Bucket = '', Key = '' }) => {
      const found = get(Bucket, Key);
      if (found === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
      return { Body: bodyOf(found.bytes) };
    },
    CopyObjectCommand: ({ Bucket = '', Key = '', CopySource = '', Tagging }) => {
      const [from = '', ...path] = CopySource.split('/');
      const found = get(from, path.join('/'));
      if (found === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
      put(Bucket, Key, found.bytes);
      if (typeof Tagging === 'string') tag(Bucket, Key, new Map(new URLSearchParams(Tagging)));
      return {};
    },
    DeleteObjectCommand: ({ Bucket = '', Key = '' }) => {
      remove(Bucket, Key);
      return {};
    },
    ListObjectsV2Command: ({ Bucket = '', Prefix = '' }) => ({
      Contents: [...bucket(Bucket).keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
    }),
    PutObjectTaggingCommand: ({ Bucket = '', Key = '', Tagging }) => {
      const tags = (typeof Tagging === 'object' ? (Tagging.TagSet ?? []) : []).map(
        ({ Key: name = '', Value = '' }) => [name, Value] as const,
      );
      tag(Bucket, Key, new Map(tags));
      return {};
    },
    DeleteObjectTaggingCommand: ({ Bucket = '', Key = '' }) => {
      tag(Bucket, Key, new Map());
      return {};
    },
    CreateMultipartUploadCommand: () => {
      const UploadId = `upload-${Math.floor(random() * 1e12)}`;
      uploads.set(UploadId, new Map());
      return { UploadId };
    },
    UploadPartCommand: ({ UploadId = '', PartNumber = 0, Body = '' }) => {
      upload(UploadId).set(PartNumber, typeof Body === 'string' ? Buffer.from(Body) : Body);
      return { ETag: String(PartNumber) };
    },
    CompleteMultipartUploadCommand: ({ Bucket = '', Key = '', UploadId = '' }) => {
      const parts = [...upload(UploadId)].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
      uploads.delete(UploadId);
      put(Bucket, Key, Buffer.concat(parts));
      return {};
    },
    AbortMultipartUploadCommand: ({ UploadId = '' }) => {
      upload(UploadId);
      uploads.delete(UploadId);
      return {};
    },
  };

  return {
    execute(command) {
      const execute = commands[command.constructor.name];
      if (execute === undefined) throw new Error(`this store knows no ${command.constructor.name}`);
      return execute(command.input);
    },
    put,
    get,
    remove,
    *all() {
      for (const [name, objects] of buckets)
        for (const [key, object] of objects) yield { bucket: name, key, object };
    },
  };

  function bucket(name: string): Map<string, StoredObject> {
    const found = buckets.get(name) ?? new Map<string, StoredObject>();
    buckets.set(name, found);
    return found;
  }

  function put(name: string, key: string, bytes: Uint8Array): void {
    bucket(name).set(key, { bytes, createdAt: now(), tags: new Map() });
  }

  function get(name: string, key: string): StoredObject | undefined {
    return bucket(name).get(key);
  }

  function remove(name: string, key: string): void {
    if (!bucket(name).has(key)) return;
    onRemove(name, key);
    bucket(name).delete(key);
  }

  function tag(name: string, key: string, tags: ReadonlyMap<string, string>): void {
    const object = get(name, key);
    if (object === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
    object.tags = tags;
  }

  function upload(id: string): Map<number, Uint8Array> {
    const found = uploads.get(id);
    if (found === undefined) throw new NoSuchUpload({ message: 'no such upload', $metadata: {} });
    return found;
  }
}

function bodyOf(bytes: Uint8Array): object {
  return {
    transformToByteArray: async () => bytes,
    transformToWebStream: () => [bytes],
  };
}
