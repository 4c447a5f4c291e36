import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import type { Row } from '../lab/rows.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip
const SERVER = `const http = require('http'), net = require('net')
const big = 'x'.repeat(2 * 1024 * 1024) + 'needle'
http.createServer((request, response) => {
  if (request.url === '/silent') return
  if (request.url === '/broken') return response.writeHead(200, { 'content-length': 100 }).write('hello', () => request.socket.destroy())
  const pages = { '/': [200, 'hello world'], '/error': [500, 'hello world'], '/gone': [404, ''], '/to': [301, ''], '/empty': [200, ''], '/big': [200, big] }
  const [status, body] = pages[request.url] ?? [404, 'no page']
  response.writeHead(status, status === 301 ? { location: '/' } : {}).end(body)
}).listen(80, '0.0.0.0')
net.createServer(socket => socket.end('SSH-2.0-other\\r\\n')).listen(81, '0.0.0.0')
`
const HOST: LabWish = {
  files: { '/srv/server.cjs': SERVER },
  units: {
    'web.service':
      '[Service]\nExecStart=/usr/local/bin/node /srv/server.cjs\nExecStartPost=/bin/sh -c "until ss -Hltn | grep -q :81; do sleep 0.1; done"\n',
  },
  start: ['web.service'],
}

const plain: Row[] = [
  ['"http://localhost/" answers 200', 'held'],
  ['"http://localhost/" does not answer 200', 'not met', /still answered 200/],
  ['"http://localhost/" answers 404', 'not met', /Observed +200/],
  ['"http://localhost/" does not answer 404', 'held'],
  ['"http://127.0.0.1:80/error" answers 500', 'held'],
  ['"http://localhost/to" answers 301', 'held', /301, to \//],
  ['"http://localhost/to" answers 200', 'not met'],
  ['"http://localhost/" answers with "hello"', 'held'],
  ['"http://localhost/" answers with "hell."', 'not met'],
  ['"http://localhost/" does not answer with "hello"', 'not met'],
  ['"http://localhost/" does not answer with "nope"', 'held'],
  ['"http://localhost/error" answers with "hello"', 'not met', /500/],
  ['"http://localhost/empty" does not answer with "x"', 'held'],
  ['"http://localhost/big" answers with "x"', 'held'],
  // nothing answered: known for a closed port, which answers no status; of what the page says nothing is known
  ['"http://localhost:82/" answers 200', 'not met', /refused|connect/i],
  ['"http://localhost:82/" answers with "x"', 'not met', /refused|connect/i],
  ['"http://localhost:82/" does not answer 200', 'held'],
  // an answer that is not HTTP
  ['"http://localhost:81/" does not answer 200', 'held'],
  ['"http://localhost:81/" answers 200', 'not met'],
]

const refused: Row[] = [
  ['"localhost" answers 200', 'refused', /is no web address/],
  ['"ftp://localhost/" answers 200', 'refused', /is no web address/],
]

const open: Row[] = [
  // what was not read to its end may hold it
  ['"http://localhost/big" does not answer with "needle"', 'could not check'],
  ['"http://localhost/broken" does not answer with "needle"', 'could not check'],
  // a name that is not found is no answer
  ['"http://no-such-name.invalid/" answers 200', 'could not check', /resolve|not known|name/i],
  ['"http://no-such-name.invalid/" does not answer 200', 'could not check', /resolve|not known|name/i],
  ['"http://no-such-name.invalid/" does not answer with "x"', 'could not check', /resolve|not known|name/i],
]

test('pages: so, not so, not there', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [...plain, ...refused])
})

test('pages: without curl', { skip }, async () => {
  await using host = await startLabHost({ ...HOST, without: ['curl'] })
  await judgeOnLab(host, plain)
})

test('pages: what is not known is not absent', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ...open,
    ['"http://localhost/" answers with ""', 'refused'],
    ['"http://localhost/" does not answer with ""', 'refused'],
  ])
  host.remove('curl')
  await judgeOnLab(host, [
    ...open,
    ['"https://localhost/" answers 200', 'could not check', /curl/],
    ['"https://localhost/" does not answer 200', 'could not check', /curl/],
    ['"https://localhost/" does not answer with "x"', 'could not check', /curl/],
  ])
})

test('pages: curl is hostile', { skip }, async () => {
  await using host = await startLabHost({
    ...HOST,
    tools: { curl: '#!/bin/sh\necho "curl: (77) error setting certificate" >&2\nexit 77\n' },
  })
  await judgeOnLab(
    host,
    ['answers 200', 'does not answer 200', 'answers with "x"', 'does not answer with "x"'].map(
      what => [`"http://localhost/" ${what}`, 'could not check', /certificate/] as const,
    ),
  )
})
