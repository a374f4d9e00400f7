#!/usr/bin/env bash
# MiniStack 1.5.33 (PyPI) selects no WebSocket sub-protocol, whatever the $connect integration answers.
#
# Expected: Amazon API Gateway Developer Guide, "$connect route that requires a WebSocket subprotocol": the integration answers
#   with the header Sec-WebSocket-Protocol, and the handshake has it. WHATWG, WebSockets Standard, "establish a WebSocket
#   connection": a browser that offered sub-protocols and is given none fails the connection.
# Seen: the handshake is 101 without the header, though the function behind $connect answers chat.v1.
# Output:
#   offered chat.v1, 101, selected none
# Why it matters: a browser can send its token in the handshake only as a sub-protocol. With this emulator no browser, nor any
#   other client that keeps to the standard, gets in.
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
import io, socket, sys, time, zipfile
import boto3
from botocore.exceptions import EndpointConnectionError

port = int(sys.argv[1])
settings = dict(endpoint_url=f'http://127.0.0.1:{port}', region_name='us-east-1', aws_access_key_id='test', aws_secret_access_key='test')
gateway, functions = (boto3.client(name, **settings) for name in ('apigatewayv2', 'lambda'))
for attempt in range(240):
    try:
        gateway.get_apis()
        break
    except EndpointConnectionError:
        time.sleep(0.25)
code = io.BytesIO()
with zipfile.ZipFile(code, 'w') as archive:
    archive.writestr('connect.py', "def handler(event, context):\n    return {'statusCode': 200, 'headers': {'Sec-WebSocket-Protocol': 'chat.v1'}}\n")
arn = functions.create_function(FunctionName='connect', Runtime='python3.12', Handler='connect.handler', Role='arn:aws:iam::000000000000:role/any',
                                Code={'ZipFile': code.getvalue()})['FunctionArn']
answer = functions.invoke(FunctionName='connect', Payload=b'{}')['Payload'].read()
if b'chat.v1' not in answer:
    sys.exit(f'the function answers {answer}')
api = gateway.create_api(Name='chat', ProtocolType='WEBSOCKET', RouteSelectionExpression='$request.body.action')['ApiId']
uri = f'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations'
integration = gateway.create_integration(ApiId=api, IntegrationType='AWS_PROXY', IntegrationUri=uri)['IntegrationId']
gateway.create_route(ApiId=api, RouteKey='$connect', Target=f'integrations/{integration}')
gateway.create_stage(ApiId=api, StageName='v1', AutoDeploy=True)
with socket.create_connection(('127.0.0.1', port), timeout=60) as connection:
    connection.sendall((
        f'GET /v1 HTTP/1.1\r\nHost: {api}.execute-api.localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: chat.v1\r\n\r\n').encode())
    reply = b''
    while b'\r\n\r\n' not in reply and (more := connection.recv(4096)):
        reply += more
lines = reply.decode('latin-1').split('\r\n\r\n')[0].split('\r\n')
status = lines[0].split(' ')[1]
selected = [line.split(':', 1)[1].strip() for line in lines[1:] if line.lower().startswith('sec-websocket-protocol:')]
print(f"offered chat.v1, {status}, selected {selected[0] if selected else 'none'}")
if status != '101' or selected:
    print('changed: a sub-protocol is selected, or the handshake is refused', file=sys.stderr)
    sys.exit(1)
END
venv/bin/python look.py "$port"
