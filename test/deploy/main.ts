import { complaintOf } from '../../infra/local/command-line.ts';
import { closing } from '../../infra/local/closing.ts';
import { checkRunner } from '../support/check-runner.ts';
import { testAssembly } from './assembly.ts';
import { awsClients } from './aws-clients.ts';
import { cdkCli } from './cdk.ts';
import { deployedStacks } from './deployed-stacks.ts';
import { installMiniStack } from './ministack/install.ts';
import { startMiniStack } from './ministack/start.ts';
import { checkResources } from './resources/check-resources.ts';
import { unknownTypes } from './resources/gaps.ts';

const region = 'ap-northeast-2';
const runner = checkRunner((text) => process.stdout.write(text));
const say = (line: string) => process.stdout.write(`${line}\n`);
const ending = closing();

try {
  const python = await installMiniStack(say);
  const miniStack = await startMiniStack(python, region);
  ending.add(miniStack.close);
  const assembly = await testAssembly({}, unknownTypes);
  ending.add(assembly.remove);
  const cdk = cdkCli(miniStack);
  const aws = awsClients(miniStack);

  runner.section('deploy');
  await cdk('bootstrap', `aws://${miniStack.accountId}/${region}`, '--app', assembly.deployable);
  await cdk('deploy', '--all', '--require-approval', 'never', '--app', assembly.deployable);
  runner.section('resources');
  await checkResources(runner, aws, (await deployedStacks(aws, miniStack, assembly.folder)).resources);
} catch (error) {
  process.stderr.write(`${complaintOf(error)}\n`);
} finally {
  await ending.close();
}
process.exitCode = runner.close();
