import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { FinalizeUploadRequest, FinalizeUploadResult } from './finalize-upload-request.ts';

/** The function that looks at media, with the memory and the tools that sending a text must not pay for. */
export type MediaProcessor = {
  finalizeUpload(request: FinalizeUploadRequest): Promise<FinalizeUploadResult>;
};

/** Leaves the send enough of its ten seconds. A large video may take longer: the repeat finds it done. */
const patienceMillis = 7_000;

export function mediaProcessor(client: LambdaClient, FunctionName: string): MediaProcessor {
  return {
    async finalizeUpload(request) {
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
        { abortSignal: AbortSignal.timeout(patienceMillis) },
      );
      if (FunctionError !== undefined || Payload === undefined) throw new Error('the media function failed');
      return JSON.parse(Payload.transformToString()) as FinalizeUploadResult;
    },
  };
}
