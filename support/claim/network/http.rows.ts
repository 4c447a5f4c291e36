import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Guest, type Row, silent, unknown } from '../rows/row.ts'

const CURL = '/run/current-system/sw/bin/curl'
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')

/** The sections when this came back, curl ended so, and said so. */
const sections = (text: string | Buffer, code = 0): Said[] => [CURL, { code, out: base64(text) }]
const page = (head: string, body: string | Buffer = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`), Buffer.from(body)])
const curl = (text: string | Buffer, code = 0, stderr = ''): CommandResult => answered(sections(text, code), stderr)
const bash = (code: number, stderr: string): CommandResult => answered([{ code: 1 }, { code }], stderr)

const OK = page('200 OK', 'Welcome\n')
const MOVED = page('301 Moved\r\nLocation: https://box/')
const ERROR = page('500 Oops', 'Welcome, there is a fault\n')
const LONG = page('200 OK', Buffer.alloc(1_048_576, 'x'))
const LATIN = page('200 OK\r\nContent-Type: text/html; charset=latin1', Buffer.from('Gr\xfc\xdfe', 'latin1'))
const ODD = page('200 OK\r\nContent-Type: text/html; charset=no-such', Buffer.from('Gr\xfc\xdfe', 'latin1'))
const MARKED = page('200 OK', Buffer.from('\ufeffWelcome\n', 'utf16le'))
const UNMARKED = page('200 OK', Buffer.from('Welcome\n', 'utf16le'))
const BARE_LATIN = page('200 OK\r\nContent-Type: text/html', Buffer.from('Gr\xfc\xdfe', 'latin1'))
const NOT_UTF8 = page('200 OK\r\nContent-Type: text/html; charset=utf-8', Buffer.from('Gr\xfc\xdfe', 'latin1'))
const PACKED = page('200 OK\r\nContent-Encoding: gzip', '\u001f\u008b')
const SHORT = page('200 OK\r\nContent-Length: 100', 'half')
const INTERIM = page('100 Continue', OK)
const FORGED = page('404 Not Found', OK)

/** What bash reads is as it came over the wire: in chunks, and with what comes after the end. */
const byBash = (text: Buffer, code = 0): CommandResult => answered([{ code: 1 }, { code, out: base64(text) }])
const CHUNKED = page('200 OK\r\nTransfer-Encoding: chunked', '3\r\nWel\r\n5;x=y\r\ncome\n\r\n0\r\n\r\n')
const CHUNK_LOST = page('200 OK\r\nTransfer-Encoding: chunked', '3\r\nWel\r\n5\r\nco')
const CHUNKS_OPEN = page('200 OK\r\nTransfer-Encoding: chunked', '3\r\nWel\r\n')
const ZIPPED = page('200 OK\r\nTransfer-Encoding: gzip, chunked', '\u001f\u008b')
/** It keeps the connection, so that the tool waits until it is ended. */
const KEPT = page('200 OK\r\nContent-Length: 8', 'Welcome\nHTTP/1.1 400 Bad Request\r\n\r\n')
const TRAILED = page('200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X', '8\r\nWelcome\n\r\n0\r\nX: needle\r\n\r\n')
const HALF_HEAD = Buffer.from('HTTP/1.1 200 OK\r\nServer: x')
const UNCHANGED = page('304 Not Modified\r\nContent-Length: 100')

const connected = (error: string, code: number, time = '0.000123'): CommandResult =>
  curl('', code, `curl: (${code}) ${error}\nconnected ${time}\n`)

/** Nothing is there that answers. */
const NOTHING: readonly CommandResult[] = [
  connected('Failed to connect to localhost port 80: Connection refused', 7, '0.000000'),
  connected('Connection timed out after 5001 milliseconds', 28, '0.000000'),
  connected('Empty reply from server', 52),
  connected('Recv failure: Connection reset by peer', 56),
  connected('Received HTTP/0.9 when not allowed', 1),
  curl('SSH-2.0-x\r\n', 0, 'connected 0.1\n'),
  bash(1, 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/localhost/80: Connection refused\n'),
  bash(1, 'bash: connect: Permission denied\nbash: line 1: /dev/tcp/localhost/80: Permission denied\n'),
  bash(1, 'bash: connect: Invalid argument\nbash: line 1: /dev/tcp/localhost/80: Invalid argument\n'),
]
/** A firewall drops, in a sentence of 2 seconds: of that a look has 2, at least. */
const DROPPED: Guest = {
  replies: silent(
    /--max-time ([\d.]+)/,
    2.8,
    connected('Connection timed out after 2300 milliseconds', 28, '0.000000'),
  ),
}
/** Something is there, and what it answers stays its secret. */
const SECRET: readonly CommandResult[] = [
  connected('SSL certificate problem: certificate has expired', 60),
  connected('OpenSSL/3.0: error:0A00010B:SSL routines::wrong version number', 35),
  connected('Operation timed out after 5001 milliseconds with 0 bytes received', 28),
  bash(124, 'connected\n'),
]
/** It was not even asked. */
const NOT_ASKED: readonly CommandResult[] = [
  connected('Resolving timed out after 5001 milliseconds', 28, '0.000000'),
  connected('Could not resolve host: box.invalid', 6, '0.000000'),
  connected('Protocol "https" not supported', 1, '0.000000'),
  connected('error setting certificate verify locations', 77, '0.000000'),
  bash(1, 'there is no curl on this machine, and bash can ask only http\n'),
  bash(1, 'bash: box.invalid: Name or service not known\nbash: line 1: /dev/tcp/box.invalid/80: Invalid argument\n'),
  bash(124, ''),
]

const each = (kind: Row[0], sentence: string, said: readonly CommandResult[], outcome: Row[3], says = /^/): Row[] =>
  said.map(reply => [kind, sentence, reply, outcome, says])

const common = (sentence: string): Row[] => [
  ...each(
    'unreadable',
    sentence,
    NOT_ASKED,
    'could not check',
    /could not be checked within 30 s: (curl|bash|there is no|no answer)/,
  ),
  [
    'tool missing',
    sentence,
    answered([{ code: 1 }, { code: 127 }], 'bash: timeout: command not found\n'),
    'could not check',
  ],
  ...unknown(sentence, sections(OK)),
]

const HELD_OTHERWISE = /it is no UTF-8, and holds the text as (UTF-16|Latin-1), without saying so/
const SAYS_WHY = /SSL certificate|wrong version|timed out|no answer within/

export const httpRows: ClaimTable = {
  '{url} answers {int}{tail}': {
    rows: [
      ['so', '"http://localhost/" answers 200', curl(OK), 'holds'],
      ['so', '"http://localhost/" answers 200', curl(INTERIM), 'holds'],
      ['so', '"http://localhost/" answers 200', curl(SHORT, 18), 'holds'],
      ['so', '"http://localhost/" answers 301', curl(MOVED), 'holds'],
      [
        'not so',
        '"http://localhost/" answers 200',
        curl(MOVED),
        'not met',
        /did not answer 200[\s\S]*301, to https:\/\/box\//,
      ],
      ['not so', '"http://localhost/" answers 200', curl(ERROR), 'not met', /500/],
      ['not so', '"localhost" answers 200', curl(OK), 'refused', /no web address/],
      ['hostile', '"http://localhost/" answers 200', curl(FORGED), 'not met'],
      ...each('absent', '"http://localhost/" answers 200', NOTHING, 'not met'),
      ['absent', '"http://localhost/" answers 200 within 2 seconds', DROPPED, 'not met', /timed out/],
      ...each('absent', '"https://localhost/" answers 200', SECRET, 'not met', SAYS_WHY),
      ...common('"http://localhost/" answers 200'),
    ],
  },
  '{url} does not answer {int}{tail}': {
    rows: [
      ['so', '"http://localhost/" does not answer 200', curl(MOVED), 'holds'],
      ['so', '"http://localhost/" does not answer 200', curl(ERROR), 'holds'],
      ...each('so', '"http://localhost/" does not answer 200', NOTHING, 'holds'),
      ['so', '"http://localhost/" does not answer 200 within 2 seconds', DROPPED, 'holds'],
      ['not so', '"http://localhost/" does not answer 200', curl(OK), 'not met', /still answered 200 after 30 s/],
      ['not so', '"http://localhost/" does not answer 200', curl(INTERIM), 'not met'],
      ['hostile', '"http://localhost/" does not answer 200', curl(FORGED), 'holds'],
      ...each('absent', '"https://localhost/" does not answer 200', SECRET, 'could not check', SAYS_WHY),
      ...common('"http://localhost/" does not answer 200'),
    ],
  },
  '{url} answers with {string}{tail}': {
    rows: [
      ['so', '"http://localhost/" answers with "Welcome"', curl(OK), 'holds'],
      ['so', '"http://localhost/" answers with "Grüße"', curl(LATIN), 'holds'],
      ['so', '"http://localhost/" answers with "half"', curl(SHORT, 18), 'holds'],
      ['so', '"http://localhost/" answers with "Welcome"', byBash(CHUNKED), 'holds'],
      ['not so', '"http://localhost/" answers with "x=y"', byBash(CHUNKED), 'not met'],
      ['not so', '"http://localhost/" answers with "Bad"', byBash(KEPT, 124), 'not met'],
      ['not so', '"http://localhost/" answers with "x"', curl(UNCHANGED), 'not met', /304/],
      ['so', '"http://localhost/" answers with "Welcome"', curl(CHUNKED), 'holds'],
      ['hostile', '"http://localhost/" answers with "needle"', curl(TRAILED), 'not met'],
      ['cut off', '"http://localhost/" answers with "Welcome"', curl(HALF_HEAD), 'could not check', /broke off/],
      ['cut off', '"http://localhost/" answers with "Welcome"', byBash(CHUNK_LOST), 'could not check', /broke off/],
      [
        'unreadable',
        '"http://localhost/" answers with "Welcome"',
        byBash(ZIPPED),
        'could not check',
        /packed \(gzip, chunked\)/,
      ],
      [
        'not so',
        '"http://localhost/" answers with "Goodbye"',
        curl(OK),
        'not met',
        /did not answer with "Goodbye"[\s\S]*Welcome/,
      ],
      ['not so', '"http://localhost/" answers with "Welcome"', curl(ERROR), 'not met', /500/],
      ['not so', '"http://localhost/" answers with ""', curl(OK), 'refused', /empty text/],
      ['hostile', '"http://localhost/" answers with "OK"', curl(FORGED), 'not met', /404/],
      ['so', '"http://localhost/" answers with "Welcome"', curl(MARKED), 'holds'],
      ['not so', '"http://localhost/" answers with "Goodbye"', curl(MARKED), 'not met'],
      ...each(
        'unreadable',
        '"http://localhost/" answers with "Welcome"',
        [curl(UNMARKED)],
        'could not check',
        HELD_OTHERWISE,
      ),
      ...each(
        'unreadable',
        '"http://localhost/" answers with "Grüße"',
        [curl(BARE_LATIN), curl(NOT_UTF8)],
        'could not check',
        HELD_OTHERWISE,
      ),
      ['unreadable', '"http://localhost/" answers with "Grüße"', curl(ODD), 'could not check', /cannot be read/],
      ['unreadable', '"http://localhost/" answers with "Welcome"', curl(PACKED), 'could not check', /packed/],
      ['cut off', '"http://localhost/" answers with "y" now', curl(LONG), 'could not check', /longer than the 1048576/],
      ['cut off', '"http://localhost/" answers with "whole"', curl(SHORT, 18), 'could not check', /broke off/],
      ...each('absent', '"http://localhost/" answers with "Welcome"', NOTHING, 'not met'),
      ...each('absent', '"https://localhost/" answers with "Welcome"', SECRET, 'not met', SAYS_WHY),
      ...common('"http://localhost/" answers with "Welcome"'),
    ],
  },
  '{url} does not answer with {string}{tail}': {
    rows: [
      ['so', '"http://localhost/" does not answer with "Goodbye"', curl(OK), 'holds'],
      ['so', '"http://localhost/" does not answer with "Goodbye"', curl(ERROR), 'holds'],
      ['so', '"http://localhost/" does not answer with "Goodbye"', byBash(CHUNKED), 'holds'],
      ['so', '"http://localhost/" does not answer with "Bad"', byBash(KEPT, 124), 'holds'],
      ['not so', '"http://localhost/" does not answer with "Welcome"', curl(MARKED), 'not met'],
      ['so', '"http://localhost/" does not answer with "Goodbye"', curl(MARKED), 'holds'],
      ...each(
        'unreadable',
        '"http://localhost/" does not answer with "Welcome"',
        [curl(UNMARKED)],
        'could not check',
        HELD_OTHERWISE,
      ),
      ...each(
        'unreadable',
        '"http://localhost/" does not answer with "Grüße"',
        [curl(BARE_LATIN), curl(NOT_UTF8)],
        'could not check',
        HELD_OTHERWISE,
      ),
      ['so', '"http://localhost/" does not answer with "x"', curl(UNCHANGED), 'holds'],
      ['hostile', '"http://localhost/" does not answer with "needle"', curl(TRAILED), 'holds'],
      [
        'cut off',
        '"http://localhost/" does not answer with "Welcome"',
        curl(HALF_HEAD),
        'could not check',
        /broke off/,
      ],
      [
        'cut off',
        '"http://localhost/" does not answer with "Welcome"',
        byBash(HALF_HEAD),
        'could not check',
        /broke off/,
      ],
      ['not so', '"http://localhost/" does not answer with "Welcome"', byBash(CHUNKED), 'not met'],
      [
        'cut off',
        '"http://localhost/" does not answer with "Welcome"',
        byBash(CHUNK_LOST),
        'could not check',
        /broke off/,
      ],
      [
        'cut off',
        '"http://localhost/" does not answer with "Welcome"',
        byBash(CHUNKS_OPEN),
        'could not check',
        /broke off/,
      ],
      ['unreadable', '"http://localhost/" does not answer with "Welcome"', byBash(ZIPPED), 'could not check', /packed/],
      [
        'not so',
        '"http://localhost/" does not answer with "Welcome"',
        curl(OK),
        'not met',
        /still answered with "Welcome" after 30 s/,
      ],
      ['not so', '"http://localhost/" does not answer with "fault"', curl(ERROR), 'not met'],
      ['not so', '"http://localhost/" does not answer with "Grüße"', curl(LATIN), 'not met'],
      ['not so', '"http://localhost/" does not answer with ""', curl(OK), 'refused', /empty text/],
      ['hostile', '"http://localhost/" does not answer with "OK"', curl(FORGED), 'not met'],
      [
        'unreadable',
        '"http://localhost/" does not answer with "Grüße"',
        curl(ODD),
        'could not check',
        /cannot be read/,
      ],
      ['unreadable', '"http://localhost/" does not answer with "Welcome"', curl(PACKED), 'could not check', /packed/],
      ['cut off', '"http://localhost/" does not answer with "y" now', curl(LONG), 'could not check', /longer than/],
      ['cut off', '"http://localhost/" does not answer with "whole"', curl(SHORT, 18), 'could not check', /broke off/],
      ...each('absent', '"http://localhost/" does not answer with "x"', NOTHING, 'not met', /gave no answer/),
      ...each('absent', '"https://localhost/" does not answer with "x"', SECRET, 'could not check', SAYS_WHY),
      ...common('"http://localhost/" does not answer with "x"'),
    ],
  },
}
