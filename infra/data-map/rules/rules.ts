import type { System } from '../system.ts';
import { noBackupOutlivesThePromise, noBackupPlanOutlivesThePromise } from './backups.ts';
import {
  noBucketListsItsObjects,
  noFunctionKeepsCopies,
  noTableKeepsCopies,
  noUserPoolTellsOthers,
} from './copies.ts';
import { everyStoreIsDeclared, everyTypeIsKnown, namesAreUnique } from './declared.ts';
import { everyContentEnds, everyFunctionNamesItsLog, everyLogEnds, oldVersionsEnd } from './ends.ts';
import {
  deadLettersStayHere,
  noFrameIsLogged,
  noFrameIsQueued,
  noFunctionKeepsItsEvents,
  queuesHoldIdsOnly,
} from './queues.ts';
import { everyRecipientIsNamed } from './recipients.ts';
import {
  everyStackIsInARegion,
  noBucketReplicates,
  noTableIsShared,
  noTableReplicatesOut,
  noUserPoolReplicatesOut,
} from './regions.ts';
import { everyStreamIsConsumed } from './streams.ts';
import { everyTargetIsHere } from './targets.ts';
import type { Rule, RuleContext, Violation } from './violation.ts';

const rules: readonly Rule[] = [
  everyTypeIsKnown,
  everyStoreIsDeclared,
  namesAreUnique,
  everyLogEnds,
  everyFunctionNamesItsLog,
  everyContentEnds,
  oldVersionsEnd,
  everyStackIsInARegion,
  noBucketReplicates,
  noTableReplicatesOut,
  noTableIsShared,
  noUserPoolReplicatesOut,
  noTableKeepsCopies,
  noFunctionKeepsCopies,
  noBucketListsItsObjects,
  noUserPoolTellsOthers,
  everyTargetIsHere,
  everyRecipientIsNamed,
  noBackupOutlivesThePromise,
  noBackupPlanOutlivesThePromise,
  queuesHoldIdsOnly,
  deadLettersStayHere,
  noFunctionKeepsItsEvents,
  noFrameIsQueued,
  noFrameIsLogged,
  everyStreamIsConsumed,
];

/** Where the template and the promise disagree. */
export const violationsOf = (system: System, context: RuleContext): readonly Violation[] =>
  rules.flatMap((rule) => rule(system, context));
