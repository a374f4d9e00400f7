import { announceUsage } from './announce/announce-command.ts';
import { commands } from './commands.ts';
import { dataMapUsage } from './data-map-usage.ts';
import { importUsage } from './import/import-command.ts';

type Explained = { readonly usage: string; readonly purpose: string };

const explained = ({ usage, purpose }: Explained): string => `  ${usage}\n      ${purpose}\n`;

const all: readonly Explained[] = [...Object.values(commands), announceUsage, importUsage, dataMapUsage];

const common = `
  --port N          the local system at that port (8787)
  --stack NAME      a deployed one instead, e.g. Lapse-Chat; takes credentials as the AWS SDK does
  --operator NAME   who asks, for the audit log (the name of the account on this machine)
  --json            the whole answer as JSON
  --help            shows this; behind a command, what that one takes
`;

export const help = `npm run -s admin -- COMMAND [OPTIONS]   the operator's commands

${all.map(explained).join('')}${common}`;

/** Of one command. */
export const helpOf = ({ usage, purpose }: Explained): string =>
  `npm run -s admin -- ${usage}\n    ${purpose}\n${common}`;
