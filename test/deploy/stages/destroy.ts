import assert from 'node:assert/strict';
import { DescribeStacksCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { AwsClients } from '../aws-clients.ts';
import type { DeployRun } from '../deploy-run.ts';
import type { DeployedResource } from '../deployed-stacks.ts';
import { readers } from '../resources/readers.ts';

/** What holds data stays, with the data; everything else goes. */
export async function checkDestroy(
  { runner: { check }, aws, cdk, stacks: { resources }, tables }: DeployRun,
  assemblyFolder: string,
): Promise<void> {
  const data = await tables.everything();
  await check('a table refuses to be deleted', async () => {
    const table = resources.find(({ type }) => type === 'AWS::DynamoDB::Table');
    await assert.rejects(
      aws.dynamodb.send(new DeleteTableCommand({ TableName: table?.physicalId })),
      /deletion protection/i,
    );
  });
  const destroy = async () => cdk('destroy', '--all', '--force', '--app', assemblyFolder);
  await check('the stack that holds data refuses to be destroyed', async () => {
    await assert.rejects(destroy);
    assert.deepEqual(await tables.everything(), data);
  });
  await aws.cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: 'Lapse-Data', EnableTerminationProtection: false }),
  );
  await destroy();
  for (const stackName of new Set(resources.map((resource) => resource.stackName))) {
    await check(`${stackName} is gone`, async () => {
      await assert.rejects(aws.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName })));
    });
  }
  await check('every table, bucket and user pool is declared to be kept, and is still there', async () => {
    const holdsData = /DynamoDB::Table$|S3::Bucket$|Cognito::UserPool$/;
    for (const resource of resources.filter(({ type }) => holdsData.test(type))) {
      assert(resource.retained, `${resource.logicalId} is not declared to be kept`);
      await read(aws, resource);
    }
    assert.deepEqual(await tables.everything(), data);
  });
  await check('what holds none is gone', async () => {
    for (const resource of resources.filter(({ type, retained }) => type in readers && !retained)) {
      await assert.rejects(read(aws, resource), `${resource.type} ${resource.logicalId} is still there`);
    }
  });
}

async function read(aws: AwsClients, resource: DeployedResource): Promise<void> {
  const { type, logicalId, physicalId } = resource;
  assert(physicalId !== undefined, `${logicalId} was never deployed`);
  await readers[type]?.(aws, { ...resource, physicalId });
}
