import type * as client from '../../../packages/lapse-server/src/commands.ts';
import type { ConsentReport } from '../../../shared/consent/show-consent.ts';
import type { ShownConversation } from '../../../shared/conversations/show-conversation.ts';
import type { ErasureReport } from '../../../shared/erasure/show-erasures.ts';
import type { MembersFrame, OpenFrame } from '../../../shared/protocol/conversations/frames.ts';
import type { MembersResult, OpenResult, TitleResult } from '../../../shared/protocol/conversations/table.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import type { SendResult } from '../../../shared/protocol/messages/table.ts';

/**
 * The client's types are written out, so that an app gets no schema library with them. Each of these fails to compile as soon as what the
 * server says has not the shape that the client promises, or the client lets something be asked that no frame can say.
 */
type Says<Promised, Said extends Promised> = [Promised, Said];
type Takes<Frame, Asked extends Frame> = [Frame, Asked];

type Checked = [
  Says<client.SentMessage, Omit<SendResult, 'media'>>,
  Says<client.OpenedConversation, OpenResult>,
  Says<client.Members, MembersResult>,
  Says<client.ChangedTitle, TitleResult>,
  Says<client.ShownConversation, ShownConversation>,
  Says<client.Erasures, ErasureReport>,
  Says<client.Consent, ConsentReport>,
  Takes<Pick<OpenFrame, 'kind' | 'history' | 'afterLeaving'>, Pick<client.OpenConversation, 'kind'>>,
  Takes<NonNullable<MembersFrame['role']>['role'], client.Role>,
  Takes<ErasureTarget, client.ErasureTarget>,
];

test('the compiler has compared them', () => {
  const compared: Checked['length'] = 10;
  expect(compared).toBe(10);
});
