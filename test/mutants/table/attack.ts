import { type Mutant, mutantsOf } from '../mutant.ts';

const identity = 'test/shared/identity';

/** What an attacker tried once and got: each put back. */
export const attack: readonly Mutant[] = [
  ...mutantsOf(
    'shared/media/begin-upload.ts',
    ['test/shared/media/kept-type.test.ts'],
    [['any words are kept as a content type', 'keptType(frame.contentType)', 'frame.contentType']],
  ),
  ...mutantsOf(
    'client/web/model/messages/text-parts.ts',
    ['test/client/web/model/messages/text-parts.test.ts'],
    [
      ['an address of any length is parsed', 'address.length <= longest && !mixed', '!mixed'],
      ['what turns directions is linked', '[^\\s\\p{Cc}\\p{Cf}<>', '[^\\s<>'],
      ['a host of mixed letters is linked', '!mixedHost.test(address)', 'true'],
    ],
  ),
  ...mutantsOf(
    'client/web/model/messages/address-end.ts',
    ['test/client/web/model/messages/text-parts.test.ts'],
    [
      ['an address ends at its first bracket', "last === ')' && unopened > 0", "last === ')'"],
      ['an address goes on with the sentence', '[followed, particle]', '[particle]'],
    ],
  ),
  ...mutantsOf(
    'infra/local/network/guard.ts',
    ['test/infra/local/network/attacked.test.ts'],
    [
      [
        'any name reaches the sockets',
        'if (isLocalHost(request.headers.host)) for (const listener of upgraded) listener(request, socket, head);',
        'if (request !== undefined) for (const listener of upgraded) listener(request, socket, head);',
      ],
    ],
  ),
  ...mutantsOf(
    'infra/local/aws/guarded-engine.ts',
    ['test/infra/local/aws/guarded-engine.test.ts'],
    [
      [
        'what is not signed passes',
        'if (fault !== undefined)',
        'if (fault === undefined && body === undefined)',
      ],
      ['pages of other sites may read', '...ofTheAnswer(answered.headers)', '...answered.headers'],
    ],
  ),
  ...mutantsOf(
    'infra/local/system/data-folder.ts',
    ['test/infra/local/system/data-folder.test.ts'],
    [['everybody on the machine reads it', 'chmodSync(folder, 0o700);', 'chmodSync(folder, 0o755);']],
  ),
  ...mutantsOf(
    'infra/local/issuer/issuer-endpoint.ts',
    ['test/infra/local/system/start.test.ts'],
    [
      ['a token is guessed to be something else', "  'x-content-type-options': 'nosniff',\n", ''],
      [
        'another site fetches a token',
        'if (app === undefined && !fromHere(request))',
        'if (app === undefined && (false as boolean))',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/rate-limits/rate-limiter.ts',
    ['test/shared/rate-limits/rate-limiter.test.ts'],
    [
      ['an environment counts for itself', 'if (local.free >= tokens)', 'if (local.free >= -1)'],
      ['a lease never ends', 'at < local.leasedUntil && local.leased', 'local.leased'],
      ['a flood is written', 'if (wait > 0) throw refusal(wait);', ''],
    ],
  ),
  ...mutantsOf(
    'shared/stores/rate-limits/rate-limit-store.ts',
    ['test/shared/stores/rate-limits/rate-limit-store.test.ts'],
    [
      ['more is taken than is there', "':most': latest - cost", "':most': latest"],
      ['two take the same tokens', "'fullAt = fullAt + :cost'", "'fullAt = :most'"],
      ['a row stays', 'SET ${set}, expiresAt = :end', 'SET ${set}, endsAt = :end'],
    ],
  ),
  ...mutantsOf(
    'shared/rate-limits/frame-rates.ts',
    ['test/shared/rate-limits/frame-rates.test.ts', 'test/shared/handlers/frame-handler.test.ts'],
    [['what fails costs nothing', 'error instanceof ProtocolError && isFault(error)', 'false as boolean']],
  ),
  ...mutantsOf(
    'shared/runtime/aws/with-retries.ts',
    ['test/shared/stores/dynamodb/dynamodb-client.test.ts'],
    [
      ['it is tried for ever', 'failures >= attempts || ', ''],
      [
        'what is refused is tried again',
        "clockSkewCorrected ? 'transient' : 'final'",
        "true ? 'transient' : 'final'",
      ],
      [
        'a broken connection is the end',
        "name === 'TimeoutError' || interruptions.has(code ?? '')",
        "interruptions.has(code === 'ETIMEDOUT' ? code : '')",
      ],
      ['an outage is made worse', 'quota -= gain;', 'quota -= 0;'],
    ],
  ),
  ...mutantsOf(
    'shared/runtime/aws/aws-client.ts',
    ['test/shared/stores/dynamodb/dynamodb-client.test.ts'],
    [['a wrong clock stays wrong', 'skew = serverTime - Date.now()', 'skew = 0']],
  ),
  ...mutantsOf(
    'shared/runtime/aws/http-exchange.ts',
    ['test/shared/stores/dynamodb/dynamodb-client.test.ts'],
    [['a timeout is not tried again', "{ code: 'ETIMEDOUT' }", "{ code: 'EOTHER' }"]],
  ),
  ...mutantsOf(
    'shared/push/fan-out.ts',
    ['test/shared/push/fan-out.test.ts'],
    [
      ['an unexpected answer ends all', ".catch(() => 'failed' as const)", ''],
      ['a row that stays ends all', 'remove(connection).catch(() => undefined)', 'remove(connection)'],
    ],
  ),
  ...mutantsOf(
    'shared/push/connection-gateway.ts',
    ['test/shared/push/connection-gateway.test.ts'],
    [['who says nothing is waited for again', ' || isTimeout(error)', ' || (isTimeout(error) && false)']],
  ),
  ...mutantsOf(
    'shared/runtime/aws/signer.ts',
    ['test/shared/runtime/aws/signer.test.ts'],
    [['yesterday’s key', 'const wanted = `${day}${secret}`', 'const wanted = secret']],
  ),
  ...mutantsOf(
    'shared/stores/dynamodb/dynamodb-client.ts',
    ['test/shared/stores/dynamodb/dynamodb-client.test.ts'],
    [
      ['what is left over is lost', 'UnprocessedKeys !== undefined', 'false as boolean'],
      ['a refusal says nothing of the item', 'if (error instanceof ServiceError) readBytesOf(error);', ''],
    ],
  ),
  ...mutantsOf(
    'shared/stores/dynamodb/batch-get.ts',
    ['test/shared/stores/dynamodb/dynamodb.test.ts'],
    [
      ['a busy table is asked again at once', 'if (round > 0) await pause(round - 1);', ''],
      [
        'a table that answers nothing is asked for ever',
        'if (round >= patience) throw',
        'if (round >= 1_000) throw',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/connections/close-excess.ts',
    ['test/shared/connections/close-excess.test.ts'],
    [
      ['there is no cap', 'deps.connectionsPerUser - (own', '1e9 - (own'],
      [
        'the newest goes',
        'newestFirst(open.filter((each) => !isOwn(each)))',
        'newestFirst(open.filter((each) => !isOwn(each))).toReversed()',
      ],
      [
        'a socket that stays open is forgotten',
        'return { kept: open.filter((each) => !excess.includes(each)), left };',
        'return { kept: open.filter((each) => !excess.includes(each)), left: left.slice(0, 0) };',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/identity/verify-token.ts',
    [`${identity}/verify-token.test.ts`, `${identity}/token-matrix.test.ts`],
    [
      [
        'what the verifier throws is our fault',
        'if (error instanceof KeysUnavailableError) throw error;',
        'throw error;',
      ],
      [
        'keys that cannot be had refuse a user',
        'if (error instanceof KeysUnavailableError) throw error;',
        '',
      ],
      [
        'an end beyond all numbers is taken',
        "if (!Number.isSafeInteger(Math.floor(payload.exp ?? Number.NaN))) throw new JwtParseError('expiry');",
        '',
      ],
      ['a fraction goes on', 'expiresAt: Math.floor(exp)', 'expiresAt: exp'],
      [
        'any algorithm goes with any key',
        "if (!fits(header.alg, jwk)) throw new JwtParseError('algorithm');",
        '',
      ],
      [
        'a token of another kind is taken',
        "if (!isAccessToken(header, payload)) throw new JwtParseError('type');",
        '',
      ],
      [
        'a token for another API is taken',
        "if (!isFor(payload, audience)) throw new JwtParseError('audience');",
        '',
      ],
      ['keys are fetched from wherever it leads', "redirect: 'error'", "redirect: 'follow'"],
    ],
  ),
  ...mutantsOf(
    'shared/identity/access-token.ts',
    [`${identity}/token-matrix.test.ts`],
    [
      ['an ID token is taken', "'nonce', 'at_hash', ", ''],
      ['a logout token is taken', "['events', ", '['],
      ['any type is taken', 'return named && ', 'return '],
    ],
  ),
  ...mutantsOf(
    'shared/protocol/media/file-name.ts',
    ['test/client/media/file-name.test.ts', 'test/shared/protocol'],
    [
      ['a name is a path', '\\u2800/\\\\:*?"<>|]', '\\u2800:*?"<>|]'],
      ['a name is an option', 'const before = /^[\\s.-]+/u;', 'const before = /^[\\s.]+/u;'],
      ['a name is a device', 'device.test(plain) ? `_${plain}` : plain', 'plain'],
      [
        'a name is longer than any',
        'if (bytesOf(name) <= mostBytes) return name;',
        'if (name !== "") return name;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/protocol/name-characters.ts',
    ['test/shared/protocol/name-characters.test.ts', 'test/client/terminal/rendering/safe-text.test.ts'],
    [
      [
        'fillers look like nothing',
        '\\\\p{Bidi_Control}\\\\p{Default_Ignorable_Code_Point}',
        '\\\\p{Bidi_Control}',
      ],
      ['marks without end', "text.replace(excessMarks, '$1')", 'text'],
    ],
  ),
  ...mutantsOf(
    'shared/protocol/conversations/frames.ts',
    ['test/shared/protocol/title.test.ts'],
    [
      ['titles come raw', 'z.transform(cleanName)', 'z.transform((text) => text)'],
      ['nothing to be seen is a title', ".check(z.refine(isVisible, 'must have a visible character'))", ''],
    ],
  ),
  ...mutantsOf(
    'client/terminal/rendering/safe-text.ts',
    ['test/client/terminal/rendering/safe-text.test.ts'],
    [["somebody's text moves the cursor", ".replace(controls, '\\ufffd')", '']],
  ),
  ...mutantsOf(
    'shared/stores/privacy/export-file-store.ts',
    ['test/shared/stores/privacy/export-file-store.test.ts'],
    [
      ['a zip is shown in the page', "ContentDisposition: 'attachment',", ''],
      ['a zip is kept by whoever passes it on', "CacheControl: 'no-store',", ''],
    ],
  ),
  ...mutantsOf(
    'infra/constructs/media-bucket.ts',
    ['test/infra/stacks/data-stack.test.ts'],
    [['every page may fetch media', 'origins.length > 0 ? [browsers(origins)] : []', "[browsers(['*'])]"]],
  ),
  ...mutantsOf(
    'infra/constructs/user-pool-provider.ts',
    ['test/infra/stacks/data-stack.test.ts'],
    [['nobody can add an authenticator app', 'mfa: Mfa.OPTIONAL', 'mfa: Mfa.OFF']],
  ),
];
