import { parseCommandLine, runCommand } from '../../infra/local/command/command-line.ts';
import { assumptions, costTable } from './cost-table.ts';
import { help, usagesOf } from './options.ts';

await runCommand(async () => {
  const { values } = parseCommandLine({ options: help.options, strict: true });
  if (values.help) {
    process.stdout.write(help.text);
    return 0;
  }
  const usages = usagesOf(values);
  const [first] = usages;
  process.stdout.write(`${first === undefined ? '' : assumptions(first)}\n\n${costTable(usages)}\n`);
  return 0;
});
