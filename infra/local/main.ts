import { complaintOf, parseCommandLine, parsePort, runCommand } from './command-line.ts';
import type { LocalSystem } from './local-system.ts';
import { dimmed } from './terminal-style.ts';

const help = `npm start [-- OPTIONS]   runs the whole system on this machine

  --port N                 port of the WebSocket API and the web chat (8787); the Lambda Invoke API takes the next one
  --data DIR               keeps everything in DIR across restarts (in memory without it)
  --config FILE            an operator configuration other than ./lapse.config.json
  --dynamodb-endpoint URL  a running DynamoDB to use (or LAPSE_DYNAMODB_ENDPOINT)
  --logs                   shows what the functions log
  --help                   shows this
`;

const options = {
  port: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  'dynamodb-endpoint': { type: 'string' },
  logs: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The first signal ends the system in order, the second at once. */
const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let signals = 0;
    const onSignal = () => {
      signals += 1;
      if (signals > 1) process.exit(130);
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGHUP', onSignal);
  });

async function main(): Promise<number> {
  const { values } = parseCommandLine({ options, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const dim = dimmed(process.stdout, process.env);
  const say = (line: string) => process.stdout.write(`${dim(line)}\n`);
  const signal = untilSignal();
  const { startLocalSystem } = await import('./start.ts');
  const starting = startLocalSystem({
    port: parsePort(values.port),
    dataDir: values.data,
    configFile: values.config,
    dynamodbEndpoint: values['dynamodb-endpoint'] ?? process.env['LAPSE_DYNAMODB_ENDPOINT'],
    onProgress: say,
    onError: (error) => process.stderr.write(`${complaintOf(error)}\n`),
    ...(values.logs && { onLog: (name: string, line: string) => say(`${name}: ${line.trimEnd()}`) }),
  });
  const system = await Promise.race([starting, signal]);
  if (system !== undefined) {
    process.stdout.write(`ready ${system.url}\ninvoke ${system.invokeUrl}\nweb ${system.webUrl}\n`);
    await signal;
    say('stopping');
  }
  await closed(starting);
  return 0;
}

/** A signal may come while the system is still starting. */
const closed = async (starting: Promise<LocalSystem>): Promise<void> => {
  const system = await starting;
  await system.close();
};

await runCommand(main);
