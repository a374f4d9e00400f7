import * as z from 'zod/mini';
import { type EditedContent, editedContent } from '../protocol/messages/frames.ts';
import type { WrittenContent } from '../protocol/messages/table.ts';
import type { FunctionClient } from '../runtime/aws/function-client.ts';

/** What the operator's function is told: what is to be said where by whom, and nothing of who will read it. */
export type ReviewRequest = {
  readonly version: 1;
  readonly action: 'send' | 'edit';
  readonly conversationId: string;
  readonly from: string;
  readonly content: WrittenContent;
};

export type Verdict =
  | { readonly verdict: 'allow' }
  | { readonly verdict: 'refuse' }
  | { readonly verdict: 'change'; readonly content: EditedContent };

/** The operator's function, which reads what is written before anybody else does. */
export type Reviewer = {
  /** Rejects where it fails, takes too long or answers with something else than a verdict. */
  review(request: ReviewRequest): Promise<Verdict>;
};

const verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('allow') }),
  z.object({ verdict: z.literal('refuse') }),
  z.object({ verdict: z.literal('change'), content: editedContent }),
]);

export function reviewer(client: FunctionClient, functionArn: string): Reviewer {
  return {
    async review(request) {
      const { failed, payload } = await client.invoke(functionArn, JSON.stringify(request));
      if (failed) throw new Error('the reviewing function failed');
      const parsed = verdict.safeParse(JSON.parse(payload));
      // What it answered is about what somebody wrote: no word of it goes on.
      if (!parsed.success) throw new Error('the reviewing function answered with no verdict');
      return parsed.data;
    },
  };
}
