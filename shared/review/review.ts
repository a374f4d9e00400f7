import type { Limits } from '../configuration/limits.ts';
import { checkContent, textsOf } from '../content/check-content.ts';
import { replacedContent } from '../content/replaced-content.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { WrittenContent } from '../protocol/messages/table.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { SensitiveDataGuard } from '../sensitive-data/sensitive-data-guard.ts';
import type { Reviewer, Verdict } from './reviewer-gateway.ts';

export type ReviewDeps = {
  readonly reviewer: Reviewer;
  readonly limits: Pick<Limits, 'textBytes' | 'customBytes'>;
  readonly guard: Pick<SensitiveDataGuard, 'accepts'>;
  readonly metrics: Metrics;
};

type Reviewed<Content> = {
  readonly action: 'send' | 'edit';
  readonly conversationId: string;
  readonly content: Content;
};

/**
 * Has the operator's function read what is about to be placed. Resolves to the very same object where it is allowed as it is.
 * @throws ProtocolError REVIEW_REFUSED; REVIEW_UNAVAILABLE where there is no verdict, or one that cannot be followed: nothing is placed that was not
 * allowed.
 */
export type Review = <Content extends WrittenContent, Request extends Reviewed<Content>>(
  from: string,
  request: Request & Reviewed<Content>,
) => Promise<Request>;

export function review({ reviewer, limits, guard, metrics }: ReviewDeps): Review {
  return async (from, request) => {
    const { action, conversationId, content } = request;
    const given = await reviewer
      .review({ version: 1, action, conversationId, from, content })
      .catch(() => undefined);
    if (given?.verdict === 'refuse') {
      metrics.put({ ReviewRefusals: 1 });
      throw new ProtocolError('REVIEW_REFUSED');
    }
    if (given?.verdict === 'allow') return request;
    const changed = given && followed(given, content);
    if (changed === undefined) {
      metrics.put({ ReviewFailures: 1 });
      throw new ProtocolError('REVIEW_UNAVAILABLE');
    }
    return { ...request, content: changed };
  };

  /** Undefined for what no sender could have written in its place. */
  function followed(
    { content: wanted }: Extract<Verdict, { readonly verdict: 'change' }>,
    content: WrittenContent,
  ): WrittenContent | undefined {
    const changed = replacedContent(content, wanted);
    if (changed === undefined) return undefined;
    try {
      checkContent({ content: changed }, limits);
    } catch {
      return undefined;
    }
    return textsOf(changed).every((text) => guard.accepts(text)) ? changed : undefined;
  }
}
