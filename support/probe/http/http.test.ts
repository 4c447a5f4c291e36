import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import test, { after, before } from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { http } from './http.ts'
import { bodyHas, readHttp } from './http-answer.ts'
import { HTTP_LIMIT } from './http-failure.ts'

const pages = createHttpServer((request, response) => {
  if (request.url === '/old') return response.writeHead(301, { Location: '/new' }).end()
  if (request.url === '/long') return response.end(Buffer.alloc(HTTP_LIMIT, 'x'))
  if (request.url === '/short')
    return response.writeHead(200, { 'Content-Length': 100 }).write('half', () => response.destroy())
  if (request.url === '/trailed') {
    response.writeHead(200, { Trailer: 'X', 'Transfer-Encoding': 'chunked' }).write('hello ')
    response.addTrailers({ X: 'needle' })
    return response.end('world')
  }
  if (request.url === '/packed') return response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('hello')
  if (request.url === '/latin')
    return response
      .writeHead(200, { 'Content-Type': 'text/html; charset=ISO-8859-1' })
      .end(Buffer.from('für', 'latin1'))
  return response.end(
    request.url === '/?a=b&c=%20d' ? 'Welcome\n\nand more' : `asked ${request.url} of ${request.headers.host}`,
  )
})
/** Speaks to whom connects, or says nothing. */
const saying = (text: string | undefined): Server =>
  createServer(socket => {
    socket.on('error', () => {})
    if (text !== undefined) socket.end(text)
  })
const servers = { pages, empty: saying(''), garbage: saying('SSH-2.0-x\r\n'), silent: saying(undefined) }
const at: Record<string, string> = {}
const shell = new LocalShell()
before(async () => {
  for (const [name, server] of Object.entries(servers)) {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    at[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
})
after(async () => {
  for (const server of Object.values(servers)) server.close()
  pages.closeAllConnections()
  await shell[Symbol.asyncDispose]()
})

const WITHOUT_CURL = sh`command() { builtin command "$@" | grep -v curl; };`
const NO_TOOL = sh`command() { builtin command "$@" | grep -v curl; }; timeout() { echo 'timeout: command not found' >&2; return 127; };`
const askWith = async (preamble: typeof WITHOUT_CURL, url: string) =>
  http.parse(await shell.run(sh`${preamble} ${http.command(url)}`, { attempt: seconds(10) }), url)

for (const [tool, preamble] of Object.entries({ curl: sh``, 'bash alone': WITHOUT_CURL })) {
  const ask = (url: string) => askWith(preamble, url)
  const answer = async (url: string) => {
    const facts = await ask(url)
    assert.ok('status' in facts, JSON.stringify(facts))
    return facts
  }

  test(`chunks are put together, and a trailer is no text of the page, asked by ${tool}`, async () => {
    assert.equal((await answer(`${at.pages}/trailed`)).body.toString(), 'hello world')
  })

  test(`status, headers and body, asked by ${tool}`, async () => {
    const facts = await answer(`${at.pages}/old`)
    assert.deepEqual([facts.status, facts.headers.get('location'), facts.body.toString()], [301, '/new', ''])
  })

  test(`the address is passed on as it is, and the body comes whole, asked by ${tool}`, async () => {
    const facts = await answer(`${at.pages}/?a=b&c=%20d`)
    assert.deepEqual([facts.body.toString(), facts.hidden], ['Welcome\n\nand more', undefined])
  })

  test(`what is not all of it is told, asked by ${tool}`, async () => {
    assert.match((await answer(`${at.pages}/long`)).hidden ?? '', /longer than the 1048576 bytes/)
    assert.match((await answer(`${at.pages}/short`)).hidden ?? '', /broke off/)
    assert.match((await answer(`${at.pages}/packed`)).hidden ?? '', /packed \(gzip\)/)
  })

  test(`a page in another charset is read in it, asked by ${tool}`, async () => {
    const facts = await answer(`${at.pages}/latin`)
    assert.deepEqual([bodyHas(facts, 'für'), bodyHas(facts, 'wider')], [{ is: true }, { is: false }])
  })

  for (const [what, url, is, says] of [
    ['nothing listens', () => 'http://127.0.0.1:1/', 'no answer', /refused|connect/i],
    ['it hangs up', () => at.empty, 'no answer', /empty/i],
    ['it is no HTTP', () => at.garbage, 'no answer', /not HTTP/],
    ['it is silent', () => at.silent, 'unanswered', /within the time|timed out/],
    ['the name leads nowhere', () => 'http://no-such-host.invalid/', 'unknown', /no-such-host/],
  ] as const)
    test(`${what}: ${is}, asked by ${tool}`, async () => {
      const facts = await ask(url() ?? '')
      assert.ok('error' in facts, JSON.stringify(facts))
      assert.equal(facts.is, is, facts.error)
      assert.match(facts.error, says)
    })
}

test('https without TLS behind it is no answer that is known', async () => {
  const facts = await askWith(sh``, at.pages?.replace('http:', 'https:') ?? '')
  assert.ok('error' in facts && facts.is === 'unanswered', JSON.stringify(facts))
})

test('bash alone cannot ask https, and says so', async () => {
  const error = 'there is no curl on this machine, and bash can ask only http'
  assert.deepEqual(await askWith(WITHOUT_CURL, 'https://localhost/'), { is: 'unknown', error })
})

test('without any tool nothing is known', async () => {
  await assert.rejects(askWith(NO_TOOL, `${at.pages}/`), { exitCode: 3, message: /timeout: command not found/ })
})

const whole = { limit: HTTP_LIMIT, whole: true }

test('an interim answer is not the answer', () => {
  const facts = readHttp(Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nX: y\r\n\r\nbody'), whole)
  assert.deepEqual([facts?.status, facts?.body.toString()], [200, 'body'])
})

test('what looks like a head inside a body is none', () => {
  const facts = readHttp(Buffer.from('HTTP/1.1 500 no\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'), whole)
  assert.equal(facts?.status, 500)
  assert.equal(readHttp(Buffer.from('xHTTP/1.1 200 OK\r\n\r\n'), whole), undefined)
})
