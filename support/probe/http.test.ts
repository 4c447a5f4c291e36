import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { after, before } from 'node:test'
import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import { LocalShell } from '../shell/local.ts'
import { http } from './http.ts'

const server = createServer((request, response) => {
  if (request.url === '/old') return response.writeHead(301, { Location: '/new' }).end()
  return response.end(
    request.url === '/?a=b&c=%20d' ? 'Welcome\n\nand more' : `asked ${request.url} of ${request.headers.host}`,
  )
})
const shell = new LocalShell()
let base = ''
before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(async () => {
  server.close()
  await shell[Symbol.asyncDispose]()
})

const WITHOUT_CURL = sh`command() { builtin command "$@" | grep -v curl; };`

for (const [tool, preamble] of Object.entries({ curl: sh``, 'bash alone': WITHOUT_CURL })) {
  const ask = async (url: string) => {
    const script = sh`${preamble} ${http.command(url)}`
    return http.parse(await shell.run(script, { attempt: seconds(10) }), url)
  }

  test(`status, headers and body, asked by ${tool}`, async () => {
    const facts = await ask(`${base}/old`)
    assert.ok('status' in facts)
    assert.deepEqual([facts.status, facts.headers.get('location'), facts.body], [301, '/new', ''])
  })

  test(`the address is passed on as it is, and the body comes whole, asked by ${tool}`, async () => {
    const facts = await ask(`${base}/?a=b&c=%20d`)
    assert.ok('status' in facts)
    assert.equal(facts.body, 'Welcome\n\nand more')
  })

  test(`a closed port is an answer, asked by ${tool}`, async () => {
    const facts = await ask('http://127.0.0.1:1/')
    assert.ok('error' in facts)
    assert.match(facts.error, /refused|connect/i)
  })
}

test('bash alone cannot ask https, and says so', async () => {
  const script = sh`${WITHOUT_CURL} ${http.command('https://localhost/')}`
  const facts = http.parse(await shell.run(script, { attempt: seconds(10) }), 'https://localhost/')
  assert.deepEqual(facts, { error: 'there is no curl on this machine, and bash can ask only http' })
})

test('an interim answer is not the answer', () => {
  const stdout = Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\nbody')
  const facts = http.parse({ exitCode: 0, stdout, stderr: Buffer.of() }, 'http://x/')
  assert.ok('status' in facts)
  assert.deepEqual([facts.status, facts.body], [200, 'body'])
})
