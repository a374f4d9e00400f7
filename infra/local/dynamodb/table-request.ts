type Attributes = Readonly<Record<string, unknown>>;
type Write = {
  readonly TableName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
};
type BatchWrite = { readonly PutRequest?: { readonly Item: Attributes } };

/** What the fault switches look at in a call of DynamoDB. */
export type TableRequest = Write & {
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, Write>>[];
};

export type WrittenRow = { readonly table: string; readonly row: Attributes };

const transacted = ({ TransactItems = [] }: TableRequest): readonly Write[] =>
  TransactItems.flatMap((item) => Object.values(item));

/** Every table that a call touches. */
export function tablesOf(request: TableRequest): readonly string[] {
  const { TableName, RequestItems = {} } = request;
  const named = transacted(request).flatMap((each) => each.TableName ?? []);
  return [...(TableName === undefined ? [] : [TableName]), ...Object.keys(RequestItems), ...named];
}

/** The items or keys that a call puts or changes. */
export function writtenRows(request: TableRequest): readonly WrittenRow[] {
  const single = [request, ...transacted(request)].flatMap(({ TableName: table, Key, Item }) => {
    const row = Item ?? Key;
    return table === undefined || row === undefined ? [] : [{ table, row }];
  });
  const batched = Object.entries(request.RequestItems ?? {}).flatMap(([table, writes]) =>
    (Array.isArray(writes) ? (writes as readonly BatchWrite[]) : []).flatMap(({ PutRequest }) =>
      PutRequest === undefined ? [] : [{ table, row: PutRequest.Item }],
    ),
  );
  return [...single, ...batched];
}

/** A unit for each KB that a refused write names, twice that in a transaction; what stands there may be larger. */
export function refusedUnitsOf(request: TableRequest): number {
  const unitsOf = ({ Item }: Write) => Math.ceil(Buffer.byteLength(JSON.stringify(Item ?? {})) / 1024);
  const parts = transacted(request);
  if (parts.length === 0) return unitsOf(request);
  return parts.reduce((sum, part) => sum + 2 * unitsOf(part), 0);
}
