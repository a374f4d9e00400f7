import { complaintOf, parseCommandLine, parsePort, runCommand } from './command/command-line.ts';
import { dimmed } from './command/terminal-style.ts';
import { untilStopped } from './process/until-stopped.ts';

const help = `npm start [-- OPTIONS]   runs the whole system on this machine

  --port N                 port of the WebSocket API and the web chat (8787); the Lambda Invoke API takes the next one
  --data DIR               keeps everything in DIR across restarts (in memory without it)
  --config FILE            an operator configuration other than ./lapse.config.json
  --dynamodb-endpoint URL  a running DynamoDB to use (or LAPSE_DYNAMODB_ENDPOINT)
  --function NAME=FILE     a function of your own that the system calls, such as the one that reviews; FILE exports handler
  --local-token            gives a token to an app of yours on localhost: GET /local/token?sub=alice
  --logs                   shows what the functions log
  --help                   shows this
`;

const options = {
  port: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  'dynamodb-endpoint': { type: 'string' },
  function: { type: 'string', multiple: true },
  'local-token': { type: 'boolean', default: false },
  logs: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<number> {
  const { values } = parseCommandLine({ options, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const dim = dimmed(process.stdout, process.env);
  const say = (line: string) => process.stdout.write(`${dim(line)}\n`);
  const stopped = untilStopped();
  const giveUp = new AbortController();
  const { startLocalSystem } = await import('./system/start.ts');
  const starting = startLocalSystem({
    port: parsePort(values.port),
    dataDir: values.data,
    localToken: values['local-token'],
    configFile: values.config,
    dynamodbEndpoint: values['dynamodb-endpoint'] ?? process.env['LAPSE_DYNAMODB_ENDPOINT'],
    ownFunctions: filesByName(values.function ?? []),
    signal: giveUp.signal,
    onProgress: say,
    onError: (error) => process.stderr.write(`${complaintOf(error)}\n`),
    ...(values.logs && { onLog: (name: string, line: string) => say(`${name}: ${line.trimEnd()}`) }),
  });
  const system = await Promise.race([starting, stopped]);
  if (system === undefined) {
    giveUp.abort();
    await starting.then(
      (late) => late.close(),
      // It has ended what it had begun.
      () => undefined,
    );
    return 0;
  }
  process.stdout.write(`ready ${system.url}\ninvoke ${system.invokeUrl}\nweb ${system.webUrl}\n`);
  await stopped;
  say('stopping');
  await system.close();
  return 0;
}

function filesByName(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((each) => {
      const [name = '', ...file] = each.split('=');
      return [name, file.join('=')];
    }),
  );
}

await runCommand(main);
