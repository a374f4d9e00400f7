import { startCountingDynamoDb } from '../../test/support/counting-dynamodb.ts';

// In a process of its own: the one that the gateway runs in is busy with ten thousand posts, and a call that it had to pass on would
// be given up after two seconds.

const counting = await startCountingDynamoDb();
process.on('message', () => process.send?.(counting.take()));
process.on('disconnect', () => process.exit());
process.send?.(counting.endpoint);
