import type * as lib from '@aws-sdk/lib-dynamodb';

/** What the stores ask of DynamoDB: items as plain objects, in the words of AWS's document client. */
export type Database = { send<Output>(command: Command<object, Output>): Promise<Output> };

/** One operation with what it takes; `Output` is what it answers. */
export abstract class Command<Input extends object, Output> {
  abstract readonly operation: string;
  declare readonly output: Output;
  readonly input: Input;

  constructor(input: Input) {
    this.input = input;
  }
}

export class GetCommand extends Command<lib.GetCommandInput, lib.GetCommandOutput> {
  readonly operation = 'GetItem';
}
export class PutCommand extends Command<lib.PutCommandInput, lib.PutCommandOutput> {
  readonly operation = 'PutItem';
}
export class UpdateCommand extends Command<lib.UpdateCommandInput, lib.UpdateCommandOutput> {
  readonly operation = 'UpdateItem';
}
export class DeleteCommand extends Command<lib.DeleteCommandInput, lib.DeleteCommandOutput> {
  readonly operation = 'DeleteItem';
}
export class QueryCommand extends Command<lib.QueryCommandInput, lib.QueryCommandOutput> {
  readonly operation = 'Query';
}
export class BatchGetCommand extends Command<lib.BatchGetCommandInput, lib.BatchGetCommandOutput> {
  readonly operation = 'BatchGetItem';
}
export class BatchWriteCommand extends Command<lib.BatchWriteCommandInput, lib.BatchWriteCommandOutput> {
  readonly operation = 'BatchWriteItem';
}
export class TransactWriteCommand extends Command<
  lib.TransactWriteCommandInput,
  lib.TransactWriteCommandOutput
> {
  readonly operation = 'TransactWriteItems';
}

export type {
  QueryCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
