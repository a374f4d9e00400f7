import { optionsOf, usage } from './command-line.ts';
import { tryMutants } from './mutants/try-mutants.ts';
import { tryPromises } from './try-promises.ts';

const options = optionsOf(process.argv.slice(2));
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (options.help) say(usage);
else
  process.exitCode = (await (options.mutant === undefined
    ? tryPromises(options, say)
    : tryMutants(options, say)))
    ? 0
    : 1;
