import type { ExportRequest } from './export-request.ts';

/** All zips of an export lie under it. Says nothing about anybody. */
export function zipPrefix({ requestId }: Pick<ExportRequest, 'requestId'>): string {
  return `${requestId}/`;
}

export function zipKey(request: Pick<ExportRequest, 'requestId'>, part: number): string {
  return `${zipPrefix(request)}${part}.zip`;
}
