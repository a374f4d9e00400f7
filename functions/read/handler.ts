import { compose } from '../../shared/composition/compose.ts';
import { marks } from '../../shared/composition/marks.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { markRead } from '../../shared/messages/mark-read.ts';
import { readFrame } from '../../shared/protocol/activity/frames.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';

const deps = compose(marks);

export const handler = frameHandler(
  { schema: readFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent, readsMeanwhile: true },
  async (frame, { identity: { userId }, connectionId, consented }) => {
    await markRead({ ...deps, consented }, { userId, connectionId }, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);
