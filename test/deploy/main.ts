import { resolve } from 'node:path';
import { complaintOf, parseCommandLine } from '../../infra/local/command/command-line.ts';
import { closing } from '../../infra/local/process/closing.ts';
import { checkRunner } from '../support/check-runner.ts';
import { testAssembly } from './assembly.ts';
import { awsClients } from './aws-clients.ts';
import { cdkCli } from './cdk.ts';
import { withChat } from './chat/start-chat.ts';
import { deployedStacks } from './deployed-stacks.ts';
import { installMiniStack } from './ministack/install.ts';
import { startMiniStack } from './ministack/start.ts';
import { checkResources } from './resources/check-resources.ts';
import { unknownTypes } from './resources/gaps.ts';
import { checkBackground } from './stages/background.ts';
import { checkChangedSettings } from './stages/changed-settings.ts';
import { checkChat } from './stages/chat.ts';
import { checkDestroy } from './stages/destroy.ts';
import { checkOperator } from './stages/operator.ts';
import { checkUpdate } from './stages/update.ts';
import { checkUpgrade } from './stages/upgrade.ts';
import { deployedTables } from './tables.ts';

const region = 'ap-northeast-2';
/** As short as it can be: the test waits for a token to run out. */
const configuration = { auth: { grace: '60s' }, accessLog: true };
const otherSettings = { messages: { store: true, retention: '1d' }, sensitiveData: 'block' };
const help = `npm run test:deploy [-- --from CHECKOUT]

Bootstraps, deploys, updates and destroys the app on MiniStack, an emulator of AWS.
  --from CHECKOUT   deploys the app of that checkout first, an earlier release with its node_modules, chats with it, and
                    updates it in place to this one
`;
const runner = checkRunner((text) => process.stdout.write(text));
const ending = closing();

async function deployTest(from: string | undefined): Promise<void> {
  const python = await installMiniStack((line) => process.stdout.write(`${line}\n`));
  const miniStack = await startMiniStack(python, region);
  ending.add(miniStack.close);
  const release = from && (await testAssembly(configuration, unknownTypes, resolve(from)));
  if (release) ending.add(release.remove);
  const assembly = await testAssembly(configuration, unknownTypes);
  ending.add(assembly.remove);
  const cdk = cdkCli(miniStack);
  const aws = awsClients(miniStack);
  ending.add(async () => {
    for (const client of Object.values(aws)) client.destroy();
  });

  runner.section('cdk bootstrap, cdk deploy');
  await cdk('bootstrap', `aws://${miniStack.accountId}/${region}`, '--app', assembly.deployable);
  if (release) {
    await checkUpgrade({ runner, miniStack, cdk, aws }, release, assembly);
    return;
  }
  await cdk('deploy', '--all', '--require-approval', 'never', '--app', assembly.deployable);
  const stacks = await deployedStacks(aws, miniStack, assembly.folder);
  const first = { runner, miniStack, cdk, aws, stacks, tables: deployedTables(aws, stacks) };
  await checkResources(runner, aws, stacks.resources);

  runner.section('functions');
  const { conversationId } = await withChat(first, async (chat) => {
    const chatted = await checkChat(first, chat);
    await checkBackground(first, chat, chatted);
    await checkOperator(first);
    return chatted;
  });

  runner.section('cdk deploy with other settings');
  const changed = await testAssembly({ ...configuration, ...otherSettings }, unknownTypes);
  ending.add(changed.remove);
  const updated = { ...first, stacks: await checkUpdate(first, changed) };
  await withChat(updated, (chat) => checkChangedSettings(updated, chat, conversationId));

  runner.section('cdk destroy');
  await checkDestroy(updated, changed.deployable);
}

async function main(): Promise<number> {
  const options = { from: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseCommandLine({ options });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  await deployTest(values.from);
  return runner.close();
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${complaintOf(error)}\n`);
} finally {
  await ending.close();
}
