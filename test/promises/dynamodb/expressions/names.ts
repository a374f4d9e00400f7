import { invalid } from '../refusals.ts';

type Given = {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
};

/** What the aliases and values of a request's expressions stand for. */
export type Names = {
  name(alias: string): string;
  value(alias: string): unknown;
  /** DynamoDB refuses what is given and not used. */
  checkAllUsed(): void;
};

export function namesOf({ ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Given): Names {
  const used = new Set<string>();
  return {
    name(alias) {
      const name = ExpressionAttributeNames[alias];
      if (name === undefined) throw invalid(`no name is given for ${alias}`);
      used.add(alias);
      return name;
    },
    value(alias) {
      const value = ExpressionAttributeValues[alias];
      if (value === undefined) throw invalid(`no value is given for ${alias}`);
      used.add(alias);
      return value;
    },
    checkAllUsed() {
      const given = [...Object.keys(ExpressionAttributeNames), ...Object.keys(ExpressionAttributeValues)];
      const unused = given.filter((alias) => !used.has(alias));
      if (unused.length > 0) throw invalid(`given and not used: ${unused.join(', ')}`);
    },
  };
}
