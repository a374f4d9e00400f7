import type * as client from '../../../packages/lapse-server/src/index.ts';
import type { ConsentReport } from '../../../shared/consent/show-consent.ts';
import type { ShownConversation } from '../../../shared/conversations/show-conversation.ts';
import type { ErasureReport } from '../../../shared/erasure/show-erasures.ts';
import type { HoldReport } from '../../../shared/holds/hold-report.ts';
import type { HoldOrder } from '../../../shared/holds/hold-target.ts';
import type { MembersFrame, OpenFrame } from '../../../shared/protocol/conversations/frames.ts';
import type { MembersResult, OpenResult, TitleResult } from '../../../shared/protocol/conversations/table.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import type { ExportResult } from '../../../shared/protocol/export/table.ts';
import type { SendResult } from '../../../shared/protocol/messages/table.ts';
import type { Decided } from '../../../shared/reports/decide-report.ts';
import type { ReportPage } from '../../../shared/reports/list-reports.ts';
import type { ShownReport } from '../../../shared/reports/show-report.ts';
import type { RetentionPreview } from '../../../shared/retention/preview-retention.ts';
import type { PurgeStatus } from '../../../shared/retention/purge-status.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';

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
  Says<client.ReportPage['reports'], ReportPage['reports']>,
  Says<client.ShownReport, ShownReport>,
  Says<client.DecidedReport, Decided>,
  Says<client.UserExport, ExportResult & { readonly userId: string }>,
  Says<client.Hold, HoldReport>,
  Takes<HoldOrder, client.PlaceHold>,
  Takes<HoldTarget, client.HoldTarget>,
  Says<client.RetentionPreview, RetentionPreview>,
  Says<client.PurgeStatus, PurgeStatus>,
];

test('the compiler has compared them', () => {
  const compared: Checked['length'] = 19;
  expect(compared).toBe(19);
});
