import assert from 'node:assert/strict'
import test from 'node:test'
import { failureOfCurl } from './http-curl.ts'

const CONNECTED = 'connected 0.000213'
const UNCONNECTED = 'connected 0.000000'

/** Exit codes and words of curl 7.88: curl(1), "EXIT CODES". */
const FAILURES: readonly (readonly [code: number, said: string, connected: string, is: string, error?: string])[] = [
  [1, 'curl: (1) Received HTTP/0.9 when not allowed', CONNECTED, 'no answer', 'an answer that is not HTTP'],
  [1, 'curl: (1) Protocol "ftp" not supported or disabled in libcurl', UNCONNECTED, 'unknown'],
  // The name of a host says nothing of what it answers.
  [6, 'curl: (6) Could not resolve host: HTTP/0.9', UNCONNECTED, 'unknown'],
  [35, 'curl: (35) error in a handshake, not HTTP/0.9', CONNECTED, 'unanswered'],
  [3, 'curl: (3) URL using bad/illegal format or missing URL', UNCONNECTED, 'unknown'],
  [7, 'curl: (7) Failed to connect to x port 80 after 0 ms: Connection refused', UNCONNECTED, 'no answer'],
  [8, 'curl: (8) Weird server reply', CONNECTED, 'no answer'],
  [52, 'curl: (52) Empty reply from server', CONNECTED, 'no answer'],
  [56, 'curl: (56) Recv failure: Connection reset by peer', CONNECTED, 'no answer'],
  [60, 'curl: (60) SSL certificate problem: self-signed certificate', CONNECTED, 'unanswered'],
  [28, 'curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received', CONNECTED, 'unanswered'],
  [28, 'curl: (28) Connection timed out after 5001 milliseconds', UNCONNECTED, 'no answer'],
  [28, 'curl: (28) Resolving timed out after 5001 milliseconds', UNCONNECTED, 'unknown'],
]
for (const [code, said, connected, is, error = said] of FAILURES)
  test(`${said}: ${is}`, () =>
    assert.deepEqual(failureOfCurl({ code, stderr: `${said}\n\n${connected}\n`, anything: false }), { is, error }))

test('the last that curl says is told, and of one that says nothing the code', () => {
  const stderr = 'curl: (7) first\nwarning\ncurl: (7) last\nconnected 0.000000\n'
  assert.deepEqual(failureOfCurl({ code: 7, stderr, anything: false }), { is: 'no answer', error: 'curl: (7) last' })
  assert.deepEqual(failureOfCurl({ code: 2, stderr: '', anything: false }), {
    is: 'unknown',
    error: 'curl has ended with 2',
  })
})

test('one that was content, and has no answer of HTTP: what came, or that nothing came', () => {
  const said = (anything: boolean) => failureOfCurl({ code: 0, stderr: CONNECTED, anything })
  assert.deepEqual(said(true), { is: 'no answer', error: 'an answer that is not HTTP' })
  assert.deepEqual(said(false), { is: 'no answer', error: 'an empty answer' })
})
