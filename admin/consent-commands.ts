import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command } from './command.ts';
import { oneUser } from './one-user.ts';
import { table } from './words.ts';

const report = z.object({
  userId: z.string(),
  state: z.string(),
  policyVersion: z.string(),
  entries: z.array(
    z.object({
      entry: z.number(),
      decision: z.string(),
      policyVersion: z.string(),
      decidedAt: z.number(),
      jurisdiction: z.string().optional(),
      minimumAge: z.number().optional(),
      ageTableVersion: z.string().optional(),
      ageDecidedBy: z.string().optional(),
    }),
  ),
});

function text(result: unknown): string {
  const { userId, state, policyVersion, entries } = report.parse(result);
  const rows = entries.map((entry) => [
    String(entry.entry),
    new Date(entry.decidedAt).toISOString(),
    entry.decision,
    `policy ${entry.policyVersion}`,
    entry.jurisdiction ?? '',
    entry.minimumAge === undefined ? '' : `age ${entry.minimumAge} met (table ${entry.ageTableVersion})`,
    entry.ageDecidedBy === undefined ? '' : `by ${entry.ageDecidedBy}`,
  ]);
  const heading = `${userId}: ${state} (policy in force: ${policyVersion})`;
  return rows.length === 0 ? heading : `${heading}\n${table(rows)}`;
}

export const consentShow: Command = {
  usage: 'consent show ID',
  purpose: "the user's consent and the ledger behind it",
  functionName: 'admin-consent-show',
  options: {},
  input: (given) => ({ userId: oneUser(given, 'consent show alice') }),
  text,
};

const example = 'consent record alice --jurisdiction KR --policy-version 1 --age-met';

export const consentRecord: Command = {
  usage: 'consent record ID --jurisdiction KR --policy-version 1 (--age-met | --birth-date 1990-05-17)',
  purpose: 'notes the consent that your app has asked for; the birth date decides and is not stored',
  functionName: 'admin-consent-record',
  options: {
    jurisdiction: { type: 'string' },
    'policy-version': { type: 'string' },
    'birth-date': { type: 'string' },
    'age-met': { type: 'boolean' },
  },
  input: (given) => {
    const { jurisdiction, 'policy-version': policyVersion, 'birth-date': birthDate } = given.options;
    const ageMet = given.options['age-met'];
    if (jurisdiction === undefined || policyVersion === undefined) {
      throw new StartupError(`--jurisdiction and --policy-version are needed: ${example}`);
    }
    if ((birthDate === undefined) === (ageMet === undefined)) {
      throw new StartupError(`either --age-met or --birth-date: ${example}`);
    }
    const age = ageMet === true ? { ageMet } : { birthDate };
    return { userId: oneUser(given, example), jurisdiction, policyVersion, ...age };
  },
  text,
};
