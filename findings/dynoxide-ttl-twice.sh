#!/usr/bin/env bash
# dynoxide 1.2.1 (npm, @dynoxide/linux-x64) accepts a second UpdateTimeToLive right after the first.
#
# Expected: DynamoDB API Reference, UpdateTimeToLive: a change takes up to one hour, and further calls for the same table in
#   that hour result in a ValidationException. DynamoDB Local 1.25.1 (npm, amplify-dynamodb-simulator 2.9.30) answers "TimeToLive
#   is already enabled".
# Seen: the same call succeeds twice, and switching it off right after succeeds as well.
# Output:
#   on {"TimeToLiveSpecification":{"AttributeName":"until","Enabled":true}}
#   again {"TimeToLiveSpecification":{"AttributeName":"until","Enabled":true}}
#   off {"TimeToLiveSpecification":{"AttributeName":"until","Enabled":false}}
# Why it matters: a set-up or migration script that sets the expiry of its tables whenever it runs passes every local test and
#   fails on AWS when it is run twice. Ask DescribeTimeToLive first. Needs Linux on x86 with 64 bits.
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
const TableName = 'messages';
await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
const set = (Enabled) =>
  call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'until', Enabled } });
let accepted = 0;
for (const [name, enabled] of [['on', true], ['again', true], ['off', false]]) {
  const answer = await set(enabled);
  console.log(name, JSON.stringify(answer));
  if (answer.TimeToLiveSpecification !== undefined) accepted += 1;
}
if (accepted !== 3) console.error('changed: a second call is refused');
process.exit(accepted === 3 ? 0 : 1);
END
node look.mjs "$port"
