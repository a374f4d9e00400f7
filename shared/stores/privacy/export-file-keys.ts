import type { Upload } from './export-file-store.ts';
import type { ExportRequest } from './export-request.ts';

/** All zips of an export lie under it. Says nothing about anybody. */
export function zipPrefix({ requestId }: Pick<ExportRequest, 'requestId'>): string {
  return `${requestId}/`;
}

/** Each writing of a part has a key of its own: who has been overtaken removes what they wrote, and nothing else. */
export function newZipKey(request: Pick<ExportRequest, 'requestId'>, part: number, writing: string): string {
  return `${zipPrefix(request)}${part}-${writing}.zip`;
}

/** Of a part that is finished. */
export function zipKey(request: Pick<ExportRequest, 'requestId' | 'zipKeys'>, part: number): string {
  return request.zipKeys?.[part - 1] ?? earlierKey(request, part);
}

/** The keys of all parts that are finished. */
export function zipKeys(request: Pick<ExportRequest, 'requestId' | 'parts' | 'zipKeys'>): readonly string[] {
  return Array.from({ length: request.parts }, (_, index) => zipKey(request, index + 1));
}

/** The upload that a part is being written into. */
export function openUpload(request: ExportRequest): Upload | undefined {
  const { uploadId, uploadKey, parts } = request;
  return uploadId === undefined ? undefined : { key: uploadKey ?? earlierKey(request, parts + 1), uploadId };
}

/** An earlier release wrote each part under one key, however often it began, and noted none. */
function earlierKey(request: Pick<ExportRequest, 'requestId'>, part: number): string {
  return `${zipPrefix(request)}${part}.zip`;
}
