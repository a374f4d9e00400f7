#!/usr/bin/env bash
# dynoxide 1.2.1 (npm, @dynoxide/linux-x64) answers a query of an index for attributes that the index does not have.
#
# Expected: DynamoDB API Reference, Query, Select, SPECIFIC_ATTRIBUTES: of a global secondary index only attributes that are
#   projected into it can be requested; DynamoDB and DynamoDB Local 1.25.1 (npm, amplify-dynamodb-simulator 2.9.30) refuse with a
#   ValidationException, "Global secondary index … does not project [text]".
# Seen: the items come back empty, without an error. A filter on such an attribute matches nothing, likewise.
# Output:
#   projection {"Items":[{}],"Count":1}
#   filter {"Items":[],"Count":0}
# Why it matters: a query of an index that is about expiry or membership finds "nothing" here and fails on AWS. No test on this
#   engine shows that an index lacks an attribute. Needs Linux on x86 with 64 bits.
set -euo pipefail
folder=$(mktemp -d)
engine=
trap '[ -z "$engine" ] || kill "$engine"; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @dynoxide/linux-x64@1.2.1
port=$(node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })")
node_modules/@dynoxide/linux-x64/dynoxide serve --port "$port" >log 2>&1 &
engine=$!
cat >look.mjs <<'END'
const call = async (operation, body) => {
  const answer = await fetch(`http://127.0.0.1:${process.argv[2]}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(body),
  });
  return answer.json();
};
for (let tries = 0; ; tries += 1) {
  try {
    await call('ListTables', {});
    break;
  } catch (error) {
    if (tries === 100) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const TableName = 'notes';
await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'owner', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
});
await call('PutItem', { TableName, Item: { id: { S: 'a' }, owner: { S: 'o' }, note: { S: 'hello' } } });
const query = (more) =>
  call('Query', {
    TableName,
    IndexName: 'byOwner',
    KeyConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': { S: 'o' } },
    ...more,
  });
const projected = await query({ ProjectionExpression: 'note' });
const filtered = await query({ FilterExpression: 'attribute_exists(note)' });
for (const [name, answer] of Object.entries({ projection: projected, filter: filtered }))
  console.log(name, JSON.stringify(answer.Items === undefined ? answer : { Items: answer.Items, Count: answer.Count }));
const asStated = projected.Count === 1 && filtered.Count === 0;
if (!asStated) console.error('changed: it is refused');
process.exit(asStated ? 0 : 1);
END
node look.mjs "$port"
