/** curl(1) and wget(1): a page that is asked for by GET or HEAD and printed. */
import { options, type Parsed } from '../../rule/options.ts'
import type { Programs } from '../../rule/rule.ts'
import { isSink, type Seen } from '../../rule/seen.ts'

const CURL =
  '-sSfLkIivNgG46q0o:w:m:H:u:A:e:b:x:r:X:d:y:Y:D: --silent --show-error --fail --fail-with-body --location --insecure --head --include --verbose --no-buffer --globoff --get --ipv4 --ipv6 --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 --tlsv1.2 --tlsv1.3 --compressed --no-progress-meter --no-keepalive --no-sessionid --anyauth --basic --digest --negotiate --netrc --disable --path-as-is --raw --tr-encoding --proto-default= --output= --dump-header= --write-out= --max-time= --connect-timeout= --header= --user= --user-agent= --referer= --cookie= --proxy= --noproxy= --range= --request= --retry= --retry-delay= --retry-max-time= --retry-connrefused --retry-all-errors --max-redirs= --resolve= --connect-to= --interface= --cacert= --capath= --cert= --key= --unix-socket= --abstract-unix-socket= --url= --data= --data-urlencode= --data-raw= --oauth2-bearer= --limit-rate= --speed-limit= --speed-time= --max-filesize= --version --tls-max= --ciphers= --dns-servers= --doh-url= --location-trusted --styled-output --no-styled-output --haproxy-protocol ...'

/** Other schemes carry commands: `gopher://host:6379/…` talks to a database. Without one, some names stand for a scheme. */
const isPage = ({ start, many, text, lines }: Seen): boolean =>
  !many &&
  !lines &&
  (/^(https?|file):\/\//.test(start) ||
    (/^[\w.-]+(:\d+)?(\/|$)|^\[[\da-f:.]+\](:\d+)?(\/|$)/i.test(start) &&
      (text !== undefined || start.includes('/')) &&
      !/^(ftp|dict|ldap|imap|smtp|pop3|gopher|telnet|tftp|rtsp|smb|scp|sftp|mqtt)[.:]/i.test(start)))

const DATA = /^(-d|--data|--data-urlencode|--data-raw)$/

function curlWrong({ options, operands }: Parsed): string | undefined {
  const isQuery = options.some(({ name }) => name === '-G' || name === '--get')
  for (const { name, value } of options) {
    const raw = value?.raw ?? name
    // another request could stand in it
    if (value?.lines) return `${name} ${raw}`
    if (/^(-o|--output|-D|--dump-header)$/.test(name) && !(value?.text === '-' || isSink(value?.text ?? '')))
      return `${name} ${raw}`
    if (/^(-X|--request)$/.test(name) && !/^(GET|HEAD|OPTIONS)$/.test(value?.text ?? '')) return `${name} ${raw}`
    // a server may take the method from a header
    if (
      /^(-H|--header)$/.test(name) &&
      (!value || !/^[\w-]+:/.test(value.start) || /method/i.test(value.start.split(':')[0] ?? ''))
    )
      return raw
    // with a file of headers a name could be anything
    if (/^(-w|--write-out)$/.test(name) && !(value?.text !== undefined && !/^@|%output\{/.test(value.text))) return raw
    if (DATA.test(name) && !isQuery) return `${name} ${raw}`
    if (name === '--url' && value && !isPage(value)) return raw
    if (
      /^(-x|--proxy|--doh-url|--proto-default)$/.test(name) &&
      !/^(https?$|https?:|[\w.-]+:\d+$|socks\w*:)/.test(value?.text ?? '')
    )
      return raw
  }
  return operands.find(operand => !isPage(operand))?.raw
}

function wgetWrong({ options, operands }: Parsed): string | undefined {
  const values = (names: RegExp): readonly Seen[] =>
    options.filter(({ name }) => names.test(name)).flatMap(({ value }) => value ?? [])
  const outputs = values(/^(-O|--output-document)$/)
  const isSpider = options.some(({ name }) => name === '--spider')
  const several = options.find(({ value }) => value?.lines)?.value
  if (several) return several.raw
  if (outputs.length === 0 && !isSpider) return 'no -O - or --spider'
  const kept = outputs.find(({ text }) => !(text === '-' || isSink(text ?? '')))
  if (kept) return kept.raw
  const header = values(/^--header$/).find(
    ({ start }) => !/^[\w-]+:/.test(start) || /method/i.test(start.split(':')[0] ?? ''),
  )
  if (header) return header.raw
  // it keeps what https servers demand in ~/.wget-hsts
  const keeps = options.every(({ name }) => name !== '--no-hsts')
    ? operands.find(({ start }) => !start.startsWith('http://'))
    : undefined
  return keeps
    ? `${keeps.raw} without --no-hsts`
    : operands.find(operand => !/^https?:\/\//.test(operand.start) || operand.many)?.raw
}

export const HTTP: Programs = {
  curl: options(CURL, curlWrong),
  wget: options(
    '-nqSvdO:T:t:U:46 --quiet --no-verbose --server-response --spider --debug --output-document= --timeout= --tries= --connect-timeout= --read-timeout= --dns-timeout= --no-check-certificate --header= --user-agent= --max-redirect= --no-hsts --no-proxy --no-dns-cache --content-on-error --inet4-only --inet6-only --ca-certificate= ...',
    wgetWrong,
  ),
}
