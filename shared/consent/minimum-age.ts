import { begunDay } from './begun-day.ts';
import { isJurisdiction } from './jurisdiction-code.ts';
import { jurisdictions } from './jurisdictions.ts';

/** What an end user states: the day of birth, or the inclusive range an age signal gives (`null`: no upper end). */
export type AgeEvidence =
  | { readonly birthDate: string; readonly jurisdiction: string }
  | { readonly ageBand: readonly [from: number, to: number | null] };

export type AgeDecision = 'met' | 'not-met' | 'invalid';

export type MinimumAgeOverrides = Readonly<Record<string, number>>;

const oldestAge = 150;
const rows = new Map(jurisdictions.map((row) => [row.jurisdiction, row]));

const isoDate = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

const isAge = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= oldestAge;

const inForce = (jurisdiction: string, on: Date): number | undefined => {
  const row = rows.get(jurisdiction);
  if (row?.effectiveFrom === undefined) return row?.minimumAge;
  // Where the age before a change is not stated nothing is known: the jurisdiction is refused until then.
  return isoDate(on.getTime()) >= row.effectiveFrom ? row.minimumAge : row.minimumAgeBefore;
};

/** The age that applies in a jurisdiction, or undefined where none is known: then nobody is let in. */
export const minimumAge = (
  jurisdiction: string,
  overrides: MinimumAgeOverrides,
  on: Date,
): number | undefined => {
  if (!isJurisdiction(jurisdiction) || Number.isNaN(on.getTime())) return undefined;
  const codes = [jurisdiction, jurisdiction.slice(0, 2)];
  const overridden = codes.find((code) => Object.hasOwn(overrides, code));
  if (overridden !== undefined) {
    const age = overrides[overridden];
    return isAge(age) ? age : undefined;
  }
  const listed = codes.find((code) => rows.has(code));
  return listed === undefined ? undefined : inForce(listed, on);
};

/** A date that exists, or undefined: `2023-02-29` does not. */
const realDate = (text: string): string | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && isoDate(instant) === text ? text : undefined;
};

/** Completed years by the calendar; somebody born on 29 February completes one on 1 March where there is no 29th. */
const completedYears = (birthDate: string, today: string): number => {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(4) >= birthDate.slice(4) ? years : years - 1;
};

const decideByBirthDate = (text: string, jurisdiction: string, threshold: number, now: Date): AgeDecision => {
  const birthDate = realDate(text);
  if (birthDate === undefined || birthDate > isoDate(now.getTime())) return 'invalid';
  const age = completedYears(birthDate, begunDay(jurisdiction, now));
  if (age > oldestAge) return 'invalid';
  return age >= threshold ? 'met' : 'not-met';
};

const decideByBand = ([from, to]: readonly [number, number | null], threshold: number): AgeDecision => {
  if (!isAge(from) || (to !== null && (!isAge(to) || to < from))) return 'invalid';
  // A band across the threshold proves nothing, so its lower end decides.
  return from >= threshold ? 'met' : 'not-met';
};

/** Whether the evidence shows that the person has reached the age. */
export const decideAge = (evidence: AgeEvidence, threshold: number, now: Date): AgeDecision => {
  if (Number.isNaN(now.getTime())) return 'invalid';
  return 'birthDate' in evidence
    ? decideByBirthDate(evidence.birthDate, evidence.jurisdiction, threshold, now)
    : decideByBand(evidence.ageBand, threshold);
};
