import { awsJsonClient } from '../../infra/local/aws/aws-json-client.ts';

/**
 * The AWS CLI's own rule, for the commands of docs/runbook.md: `aws sqs purge-queue --queue-url URL` calls `PurgeQueue`
 * with `QueueUrl`. Speaks to the engine that AWS_ENDPOINT_URL_… names, as the CLI would.
 */
const services: Readonly<
  Record<string, { readonly targetPrefix: string; readonly lists: readonly string[] }>
> = {
  sqs: { targetPrefix: 'AmazonSQS', lists: ['AttributeNames'] },
  dynamodb: { targetPrefix: 'DynamoDB_20120810', lists: [] },
};

const pascal = (kebab: string) =>
  kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const [service = '', operation = '', ...rest] = process.argv.slice(2);
const { targetPrefix, lists } = services[service] ?? { targetPrefix: '', lists: [] };
const given = new Map<string, string[]>();
for (const word of rest) {
  if (word.startsWith('--')) given.set(pascal(word.slice(2)), []);
  else [...given.values()].at(-1)?.push(word);
}
const input = [...given].map(([name, values]) => {
  const parsed = values.map((value) => (/^\d+$/.test(value) ? Number(value) : value));
  return [name, lists.includes(name) ? parsed : parsed[0]];
});
const call = awsJsonClient({
  endpoint: process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? '',
  region: process.env['AWS_REGION'] ?? '',
  service,
  targetPrefix,
  credentials: {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  },
});
process.stdout.write(
  `${JSON.stringify(await call(pascal(operation), Object.fromEntries(input)), null, 2)}\n`,
);
