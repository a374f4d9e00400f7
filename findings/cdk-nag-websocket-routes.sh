#!/usr/bin/env bash
# cdk-nag 3.0.2 (npm), AwsSolutions-APIG4, demands an authorizer of WebSocket routes that cannot have one.
#
# Expected: Amazon API Gateway Developer Guide, "Manage connected users and client apps: $connect and $disconnect routes":
#   authorization can be configured on the $connect route only. An API whose $connect has an authorizer has all that it can.
# Seen: $connect passes; every other route of the same WebSocket API is an error, "The API does not implement authorization".
# Output:
#   S/Fallback AwsSolutions-APIG4
#   S/Send AwsSolutions-APIG4
# Why it matters: the synthesis fails, and whoever believes it adds an authorizer that CloudFormation then refuses. Acknowledge
#   the rule with its reason, and look at $connect yourself: acknowledged for the stack, it is silent about that as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cdk-nag@3.0.2 aws-cdk-lib@2.276.0 constructs@10.8.1
cat >look.cjs <<'END'
const { readFileSync } = require('node:fs');
const { App, Stack, Validations } = require('aws-cdk-lib');
const { CfnApi, CfnAuthorizer, CfnRoute } = require('aws-cdk-lib/aws-apigatewayv2');
const { AwsSolutionsChecks } = require('cdk-nag');

console.error = () => undefined; // the report is read from its file
const app = new App({ outdir: 'out' });
const stack = new Stack(app, 'S');
const { ref: apiId } = new CfnApi(stack, 'Api', {
  name: 'chat',
  protocolType: 'WEBSOCKET',
  routeSelectionExpression: '$request.body.action',
});
const { ref: authorizerId } = new CfnAuthorizer(stack, 'Authorizer', {
  apiId,
  authorizerType: 'REQUEST',
  name: 'token',
  identitySource: ['route.request.header.Sec-WebSocket-Protocol'],
  authorizerUri:
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:f/invocations',
});
new CfnRoute(stack, 'Connect', { apiId, routeKey: '$connect', authorizationType: 'CUSTOM', authorizerId });
new CfnRoute(stack, 'Send', { apiId, routeKey: 'send' });
new CfnRoute(stack, 'Fallback', { apiId, routeKey: '$default' });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
try {
  app.synth();
} catch {}
const report = readFileSync('out/validation-report.json', 'utf8');
const seen = [];
JSON.parse(report, function (key, value) {
  if (value?.ruleName?.includes('APIG4'))
    for (const { constructPath } of value.violatingConstructs ?? []) seen.push(`${constructPath} AwsSolutions-APIG4`);
  return value;
});
seen.sort();
console.log(seen.join('\n'));
const asStated = seen.join() === 'S/Fallback AwsSolutions-APIG4,S/Send AwsSolutions-APIG4';
if (!asStated) console.log('changed: other routes are found');
process.exit(asStated ? 0 : 1);
END
node look.cjs
