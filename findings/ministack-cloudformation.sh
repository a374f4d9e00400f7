#!/usr/bin/env bash
# MiniStack 1.5.33 (PyPI) makes a table without its expiry and a bucket without its lifecycle, and reports success.
#
# Expected: AWS CloudFormation Template Reference: AWS::DynamoDB::Table, TimeToLiveSpecification, sets the time to live of the
#   table; AWS::S3::Bucket, LifecycleConfiguration, the lifecycle of the bucket. DescribeTimeToLive and
#   GetBucketLifecycleConfiguration answer them.
# Seen: the stack is CREATE_COMPLETE; the time to live is DISABLED and the bucket has no lifecycle. Set by their own calls,
#   UpdateTimeToLive and PutBucketLifecycleConfiguration, both are kept: CloudFormation alone drops them.
# Output:
#   stack CREATE_COMPLETE
#   time to live DISABLED
#   lifecycle NoSuchLifecycleConfiguration
# Why it matters: these two are how a chat forgets. A test of a deployment that looks for them finds nothing here, and one that
#   trusts the stack's status tests nothing.
set -euo pipefail
folder=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator"; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
port=$(venv/bin/python -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
env HOME="$folder" TMPDIR="$folder" BIND_HOST=127.0.0.1 GATEWAY_PORT="$port" venv/bin/python -m ministack >log 2>&1 &
emulator=$!
cat >look.py <<'END'
import json, sys, time
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError

settings = dict(endpoint_url=f'http://127.0.0.1:{sys.argv[1]}', region_name='us-east-1', aws_access_key_id='test',
                aws_secret_access_key='test')
cloudformation, dynamodb = (boto3.client(name, **settings) for name in ('cloudformation', 'dynamodb'))
s3 = boto3.client('s3', config=Config(s3={'addressing_style': 'path'}), **settings)
for attempt in range(120):
    try:
        dynamodb.list_tables()
        break
    except EndpointConnectionError:
        time.sleep(0.25)
template = {'Resources': {
    'Messages': {'Type': 'AWS::DynamoDB::Table', 'Properties': {
        'TableName': 'messages', 'BillingMode': 'PAY_PER_REQUEST',
        'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],
        'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}],
        'TimeToLiveSpecification': {'AttributeName': 'until', 'Enabled': True}}},
    'Media': {'Type': 'AWS::S3::Bucket', 'Properties': {
        'BucketName': 'media',
        'LifecycleConfiguration': {'Rules': [{'Id': 'end', 'Status': 'Enabled', 'ExpirationInDays': 8}]}}},
}}
cloudformation.create_stack(StackName='chat', TemplateBody=json.dumps(template))
for attempt in range(120):
    status = cloudformation.describe_stacks(StackName='chat')['Stacks'][0]['StackStatus']
    if not status.endswith('IN_PROGRESS'):
        break
    time.sleep(0.25)

def time_to_live():
    return dynamodb.describe_time_to_live(TableName='messages')['TimeToLiveDescription']['TimeToLiveStatus']

def lifecycle():
    try:
        return s3.get_bucket_lifecycle_configuration(Bucket='media')['Rules'][0]['ID']
    except ClientError as error:
        return error.response['Error']['Code']

seen = [status, time_to_live(), lifecycle()]
print('stack', seen[0])
print('time to live', seen[1])
print('lifecycle', seen[2])
dynamodb.update_time_to_live(TableName='messages', TimeToLiveSpecification={'AttributeName': 'until', 'Enabled': True})
s3.put_bucket_lifecycle_configuration(Bucket='media', LifecycleConfiguration={
    'Rules': [{'ID': 'end', 'Status': 'Enabled', 'Filter': {}, 'Expiration': {'Days': 8}}]})
if seen != ['CREATE_COMPLETE', 'DISABLED', 'NoSuchLifecycleConfiguration'] or (time_to_live(), lifecycle()) != ('ENABLED', 'end'):
    print('changed:', seen, time_to_live(), lifecycle(), file=sys.stderr)
    sys.exit(1)
END
venv/bin/python look.py "$port"
