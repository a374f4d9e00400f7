#!/usr/bin/env bash
# dynoxide 1.2.1 (npm, @dynoxide/linux-x64) fills a list with NULL up to the index that SET names.
#
# Expected: Amazon DynamoDB Developer Guide, "Using update expressions", SET: if the element of the list does not exist, SET
#   appends the new element at the end of the list; several are sorted by their element numbers. DynamoDB Local 1.25.1
#   (npm, amplify-dynamodb-simulator 2.9.30) does so.
# Seen: setting [9] of a list of one element makes a list of ten.
# Output:
#   [{"S":"first"},{"NULL":true},{"NULL":true},{"NULL":true},{"NULL":true},{"NULL":true},{"NULL":true},{"NULL":true},{"NULL":true},{"S":"later"}]
# Why it matters: "append at an index that is surely too large" works on AWS and leaves holes in the tests; code that skips the
#   holes is then never needed. Use list_append. Needs Linux on x86 with 64 bits.
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
const TableName = 'lists';
await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
await call('PutItem', { TableName, Item: { id: { S: 'a' }, list: { L: [{ S: 'first' }] } } });
const { Attributes } = await call('UpdateItem', {
  TableName,
  Key: { id: { S: 'a' } },
  UpdateExpression: 'SET #list[9] = :later',
  ExpressionAttributeNames: { '#list': 'list' },
  ExpressionAttributeValues: { ':later': { S: 'later' } },
  ReturnValues: 'ALL_NEW',
});
console.log(JSON.stringify(Attributes.list.L));
const asStated = Attributes.list.L.length === 10;
if (!asStated) console.error('changed: the list has no holes');
process.exit(asStated ? 0 : 1);
END
node look.mjs "$port"
