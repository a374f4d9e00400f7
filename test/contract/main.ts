import { setTimeout as wait } from 'node:timers/promises';
import { parseCommandLine, runCommand } from '../../infra/local/command/command-line.ts';
import { StartupError } from '../../infra/local/process/startup-error.ts';
import { connect } from '../support/chat-person.ts';
import { checkRunner } from '../support/check-runner.ts';
import { leave } from './enter.ts';
import { suite } from './suite.ts';
import { givenTokens, tokenCommand } from './token-source.ts';
import type { Deployment } from './topic.ts';

const help = `npm run test:contract [-- OPTIONS]   holds a deployment to the protocol, from outside

  --url wss://…          what the output WebSocketUrl says; without it a local system is started and asked
  --token-command CMD    prints an access token for the user {user}: 'npm run -s token -- {user}'
  --token NAME=TOKEN     in its place, five times: one token for each of five users
  --people A,B,C,D,E     names of five users for the command (made up anew without it)
  --help                 shows this

The first four chat, consent and withdraw, the third erases the account, the fifth is refused as too young: use accounts made
for this. What they leave behind expires by itself.
`;

const options = {
  url: { type: 'string' },
  'token-command': { type: 'string' },
  token: { type: 'string', multiple: true },
  people: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Beyond what any check takes on a slow network. */
const mostSeconds = 60;

async function main(): Promise<number> {
  const { values } = parseCommandLine({ options, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.url === undefined) {
    const { startLocalDeployment } = await import('./local-deployment.ts');
    const local = await startLocalDeployment();
    try {
      return await hold(local);
    } finally {
      await local.close();
    }
  }
  return hold(remote(values.url, values));
}

type Given = {
  token?: string[] | undefined;
  'token-command'?: string | undefined;
  people?: string | undefined;
};

function remote(url: string, { token: pairs, 'token-command': command, people }: Given): Deployment {
  if (!/^wss?:\/\//.test(url)) throw new StartupError('--url: an address that begins with wss:// or ws://');
  if ((pairs === undefined) === (command === undefined))
    throw new StartupError('--url needs either --token-command or --token; --help shows how');
  const given = givenTokens(pairs ?? []);
  const token = command === undefined ? given.token : tokenCommand(command);
  return { url, token, people: fivePeople(command === undefined ? given.names : people?.split(',')) };
}

function fivePeople(names: readonly string[] | undefined): Deployment['people'] {
  const run = Date.now().toString(36);
  const [alice, bob, carol, mallory, young, ...others] =
    names ?? [1, 2, 3, 4, 5].map((n) => `contract-${run}-${n}`);
  if (!alice || !bob || !carol || !mallory || !young || others.length > 0)
    throw new StartupError('five users are needed: --people A,B,C,D,E, or --token five times');
  return { alice, bob, carol, mallory, young };
}

/** Tells apart a deployment that cannot be asked from one that answers wrongly. */
async function reach(deployment: Deployment): Promise<void> {
  const token = await deployment.token(deployment.people.alice);
  try {
    await leave(await connect(deployment, deployment.people.alice, token));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${deployment.url} takes no connection with this token: ${why}`);
  }
}

async function hold(deployment: Deployment): Promise<number> {
  await reach(deployment);
  const { section, check, close } = checkRunner((text) => process.stdout.write(text));
  for (const { title, checks } of suite) {
    section(title);
    for (const [name, run] of checks) {
      await check(name, () => Promise.race([run(deployment), late()]));
    }
  }
  return close();
}

async function late(): Promise<never> {
  await wait(mostSeconds * 1000, undefined, { ref: false });
  throw new StartupError(`no answer within ${mostSeconds} s`);
}

await runCommand(main);
