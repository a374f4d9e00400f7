import assert from 'node:assert/strict';
import { grant, text } from '../../support/chat-person.ts';
import type { TestAssembly } from '../assembly.ts';
import { openByEvents } from '../chat/invoked-person.ts';
import { withChat } from '../chat/start-chat.ts';
import type { DeployRun } from '../deploy-run.ts';
import { type DeployedStacks, deployedStacks } from '../deployed-stacks.ts';
import { checkResources } from '../resources/check-resources.ts';
import { deployedTables } from '../tables.ts';

const holdsData = /DynamoDB::Table$|S3::Bucket$|SQS::Queue$|Cognito::UserPool$|KMS::Key$/;

/** From an earlier release to this one, in place, with a conversation that was begun before. */
export async function checkUpgrade(
  run: Omit<DeployRun, 'stacks' | 'tables'>,
  release: TestAssembly,
  assembly: TestAssembly,
): Promise<void> {
  const { runner, aws, cdk, miniStack } = run;
  const { check } = runner;
  runner.section('the earlier release');
  await cdk('deploy', '--all', '--require-approval', 'never', '--app', release.deployable);
  const before = await deployedStacks(aws, miniStack, release.folder);
  const conversationId = await withChat({ aws, miniStack, stacks: before }, async (chat) => {
    for (const userId of ['alice', 'bob']) {
      const person = await openByEvents(chat, userId);
      await check(`${userId} consents`, async () => {
        assert.partialDeepStrictEqual(await person.call('consent', grant), { state: 'granted' });
      });
      await person.disconnect();
    }
    const alice = await openByEvents(chat, 'alice');
    const opened = await alice.call('open', { kind: 'direct', members: ['bob'] });
    await check('a message is sent', async () => {
      const frame = { conversationId: opened.conversationId, content: text('before') };
      assert.partialDeepStrictEqual(await alice.repeat('m1', 'send', frame), { type: 'ack', seq: 1 });
    });
    await alice.disconnect();
    return opened.conversationId;
  });
  const tables = deployedTables(aws, before);
  const data = await tables.everything();

  runner.section('cdk deploy of this release over it');
  await check('cdk diff: nothing that holds data is replaced or destroyed', async () => {
    const changes = await cdk('diff', '--method=template', '--app', assembly.deployable);
    const gone = changes.split('\n').filter((line) => /^\[-\]|replac|destroy/i.test(line));
    assert.deepEqual(
      gone.filter((line) => holdsData.test(line.split(/\s+/)[1] ?? '')),
      [],
    );
  });
  await cdk('deploy', '--all', '--require-approval', 'never', '--app', assembly.deployable);
  const after = await deployedStacks(aws, miniStack, assembly.folder);
  await check('what held data is the same resource', () => {
    assert.deepEqual(
      keepers(before).filter((each) => !keepers(after).includes(each)),
      [],
    );
  });
  await check('nothing in any table is lost or changed', async () => {
    assert.deepEqual(await tables.everything(), data);
  });
  await checkResources(runner, aws, after.resources);
  await withChat({ aws, miniStack, stacks: after }, async (chat) => {
    const bob = await openByEvents(chat, 'bob');
    await check('consent is what it was, and the conversation is listed', async () => {
      assert.partialDeepStrictEqual(await bob.call('hello'), {
        consent: { state: 'granted' },
        conversations: [{ conversationId, lastSeq: 1 }],
      });
    });
    await check('opening it again from the other side finds it', async () => {
      const opened = await bob.call('open', { kind: 'direct', members: ['alice'] });
      assert.equal(opened.conversationId, conversationId);
    });
    await check('what was written before is read, and the numbers go on', async () => {
      const page = await bob.call('history', { conversationId });
      assert.partialDeepStrictEqual(page, { messages: [{ seq: 1, from: 'alice', content: text('before') }] });
      const frame = { conversationId, content: text('after') };
      assert.partialDeepStrictEqual(await bob.call('send', frame), { type: 'ack', seq: 2 });
    });
    await check('a send of before, repeated, is the same message', async () => {
      const alice = await openByEvents(chat, 'alice');
      const frame = { conversationId, content: text('before') };
      const repeated = await alice.repeat('m1', 'send', frame);
      assert.partialDeepStrictEqual(repeated, { type: 'ack', seq: 1, duplicate: true });
    });
  });
}

function keepers({ resources }: DeployedStacks): readonly string[] {
  return resources
    .filter(({ type }) => holdsData.test(type))
    .map(({ stackName, logicalId, physicalId }) => `${stackName} ${logicalId} ${physicalId}`);
}
