import { complaintOf } from '../../infra/local/command/command-line.ts';
import { closing } from '../../infra/local/process/closing.ts';
import { checkRunner } from '../support/check-runner.ts';
import { testAssembly } from './assembly.ts';
import { awsClients } from './aws-clients.ts';
import { cdkCli } from './cdk.ts';
import type { DeployedChat } from './chat/deployed-chat.ts';
import { startChat } from './chat/start-chat.ts';
import type { DeployRun } from './deploy-run.ts';
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
import { deployedTables } from './tables.ts';

const region = 'ap-northeast-2';
/** As short as it can be: the test waits for a token to run out. */
const configuration = { auth: { grace: '60s' } };
const otherSettings = { messages: { store: true, retention: '1d' }, sensitiveData: 'block' };
const runner = checkRunner((text) => process.stdout.write(text));
const ending = closing();

async function deployTest(): Promise<void> {
  const python = await installMiniStack((line) => process.stdout.write(`${line}\n`));
  const miniStack = await startMiniStack(python, region);
  ending.add(miniStack.close);
  const assembly = await testAssembly(configuration, unknownTypes);
  ending.add(assembly.remove);
  const cdk = cdkCli(miniStack);
  const aws = awsClients(miniStack);
  ending.add(async () => {
    for (const client of Object.values(aws)) client.destroy();
  });

  runner.section('cdk bootstrap, cdk deploy');
  await cdk('bootstrap', `aws://${miniStack.accountId}/${region}`, '--app', assembly.deployable);
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

async function withChat<T>(run: DeployRun, use: (chat: DeployedChat) => Promise<T>): Promise<T> {
  const chat = await startChat(run.aws, run.stacks, run.miniStack);
  try {
    return await use(chat);
  } finally {
    await chat.close();
  }
}

let broken = false;
try {
  await deployTest();
} catch (error) {
  broken = true;
  process.stderr.write(`${complaintOf(error)}\n`);
} finally {
  await ending.close();
}
process.exitCode = broken ? 1 : runner.close();
