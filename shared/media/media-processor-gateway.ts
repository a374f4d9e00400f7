import type { FunctionClient } from '../runtime/aws/function-client.ts';
import type { FinalizeUploadRequest, FinalizeUploadResult } from './finalize-upload-request.ts';

/** The function that looks at media, with the memory and the tools that sending a text must not pay for. */
export type MediaProcessor = {
  finalizeUpload(request: FinalizeUploadRequest): Promise<FinalizeUploadResult>;
};

export function mediaProcessor(client: FunctionClient, functionName: string): MediaProcessor {
  return {
    async finalizeUpload(request) {
      const { failed, payload } = await client.invoke(functionName, JSON.stringify(request));
      if (failed || payload === '') throw new Error('the media function failed');
      return JSON.parse(payload) as FinalizeUploadResult;
    },
  };
}
