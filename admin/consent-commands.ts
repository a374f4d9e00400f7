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
    entry.minimumAge === undefined ? '' : (entry.ageDecidedBy ?? 'declared'),
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

export const consentWithdraw: Command = {
  usage: 'consent withdraw ID',
  purpose:
    'withdraws the consent, as the user could, and cuts the open sockets: for a parent, or your own settings page',
  functionName: 'admin-consent-withdraw',
  options: {},
  input: (given) => ({ userId: oneUser(given, 'consent withdraw alice') }),
  text,
};

const example = 'consent record alice --jurisdiction KR --policy-version 1 --age-met';

export const consentRecord: Command = {
  usage:
    'consent record ID --jurisdiction KR --policy-version 1 (--age-met | --age-attested | --birth-date 1990-05-17)',
  purpose:
    'notes the consent that your app has asked for; the birth date decides and is not stored. Who was refused for their age is refused with every other date for a day (minimumAge.refusal), unless you vouch for it: --age-met, --age-attested',
  functionName: 'admin-consent-record',
  options: {
    jurisdiction: { type: 'string' },
    'policy-version': { type: 'string' },
    'birth-date': { type: 'string' },
    'age-met': { type: 'boolean' },
    'age-attested': { type: 'boolean' },
  },
  input: (given) => {
    const { jurisdiction, 'policy-version': policyVersion, 'birth-date': birthDate } = given.options;
    const { 'age-met': ageMet, 'age-attested': ageAttested } = given.options;
    if (jurisdiction === undefined || policyVersion === undefined) {
      throw new StartupError(`--jurisdiction and --policy-version are needed: ${example}`);
    }
    if ([birthDate, ageMet, ageAttested].filter((each) => each !== undefined).length !== 1) {
      throw new StartupError(`either --age-met, --age-attested or --birth-date: ${example}`);
    }
    return { userId: oneUser(given, example), jurisdiction, policyVersion, birthDate, ageMet, ageAttested };
  },
  text,
};
