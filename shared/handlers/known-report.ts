import { OperatorError } from './operator-error.ts';

/** What was asked for of a report; none by that id is most likely mistyped, or over. */
export function knownReport<Found>(found: Found | undefined): Found {
  if (found !== undefined) return found;
  throw new OperatorError('UNKNOWN_REPORT', 'no report by that id is open or was decided');
}
