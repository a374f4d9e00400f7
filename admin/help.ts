import { announceUsage } from './announce/announce-command.ts';
import { commands } from './commands.ts';
import { dataMapUsage } from './data-map-usage.ts';
import { importUsage } from './import/import-command.ts';

const lines = [...Object.values(commands), announceUsage, importUsage, dataMapUsage].map(
  ({ usage, purpose }) => `  ${usage}\n      ${purpose}\n`,
);

export const help = `npm run -s admin -- COMMAND [OPTIONS]   the operator's commands

${lines.join('')}
  --port N          the local system at that port (8787)
  --stack NAME      a deployed one instead, e.g. Lapse-Chat; takes credentials as the AWS SDK does
  --operator NAME   who asks, for the audit log (the name of the account on this machine)
  --json            the whole answer as JSON
  --help            shows this
`;
