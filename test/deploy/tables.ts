import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AwsClients } from './aws-clients.ts';
import type { DeployedStacks } from './deployed-stacks.ts';

type Item = Record<string, any>;

/** The deployed tables as they lie there, by the noun that each is for: `Messages`, `Consents` … */
export type Tables = {
  all(noun: string): Promise<readonly Item[]>;
  /** Everything in every table. */
  everything(): Promise<Readonly<Record<string, readonly Item[]>>>;
  change(noun: string, key: Item, values: Readonly<Record<string, number>>): Promise<void>;
};

export function deployedTables({ dynamodb }: AwsClients, { resources }: DeployedStacks): Tables {
  const client = DynamoDBDocumentClient.from(dynamodb);
  const names = new Map(
    resources
      .filter(({ type }) => type === 'AWS::DynamoDB::Table')
      .map(({ logicalId, physicalId }) => [logicalId.replace(/Table[0-9A-F]{8}$/, ''), physicalId]),
  );
  const all = async (noun: string): Promise<readonly Item[]> => {
    const { Items = [] } = await client.send(
      new ScanCommand({ TableName: names.get(noun), ConsistentRead: true }),
    );
    return Items;
  };
  return {
    all,
    async everything() {
      const found: Record<string, readonly Item[]> = {};
      for (const noun of names.keys()) found[noun] = await all(noun);
      return found;
    },
    async change(noun, Key, values) {
      const attributes = Object.entries(values);
      await client.send(
        new UpdateCommand({
          TableName: names.get(noun),
          Key,
          UpdateExpression: `SET ${attributes.map(([name]) => `${name} = :${name}`).join(', ')}`,
          ExpressionAttributeValues: Object.fromEntries(
            attributes.map(([name, value]) => [`:${name}`, value]),
          ),
        }),
      );
    },
  };
}
