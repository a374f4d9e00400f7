import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Admission, AdmissionRequest } from './admission.ts';

/** The function that looks at media, with the memory and the tools that sending a text must not pay for. */
export type MediaProcessor = {
  admit(request: AdmissionRequest): Promise<Admission>;
};

/** Leaves the send enough of its ten seconds. A large video may take longer: the repeat finds it done. */
const patienceMillis = 7_000;

export function mediaProcessor(client: LambdaClient, FunctionName: string): MediaProcessor {
  return {
    async admit(request) {
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
        { abortSignal: AbortSignal.timeout(patienceMillis) },
      );
      if (FunctionError !== undefined || Payload === undefined) throw new Error('the media function failed');
      return JSON.parse(Payload.transformToString()) as Admission;
    },
  };
}
