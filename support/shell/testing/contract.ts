import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { argv, type Command, sh, userScript } from '../../core/command.ts'
import { CommandCutOff, ConnectionLost } from '../../core/errors.ts'
import { type Duration, milliseconds, scale, seconds } from '../../core/time/duration.ts'
import type { Shell } from '../shell.ts'

/** A shell and what a test may do to its surroundings. */
export interface Subject extends AsyncDisposable {
  readonly shell: Shell
  /** Kernel messages, or other noise on the line, from now until the returned function is called. */
  disturb?(): () => void
  /** Cuts the connection; the machine stays. */
  sever?(): Promise<void> | void
  /** The machine goes down and comes up again while commands run. */
  reboot?(): Promise<void> | void
}

export interface ContractOptions {
  /** Factor for bounds where the machine is emulated. */
  readonly slowness?: number
  /** How much one command prints in the largest test; 10 MB unless the line is too slow for it. */
  readonly megabytes?: number
  /** How many commands are asked for at once. */
  readonly atOnce?: number
  /** A folder that its commands may write to. */
  readonly scratch?: string
  /** What the subject can be put through: `disturb`, `sever`, `reboot`. */
  readonly trouble?: readonly ('noise' | 'cut' | 'reboot')[]
}

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
const PRINTABLE = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))
const HOSTILE: readonly string[] = [
  ...PRINTABLE,
  PRINTABLE,
  ...[
    '',
    '\n',
    '\t',
    '\r',
    '\r\n',
    'a\n\nb\n',
    '\x01',
    '\x02',
    '\x03',
    '\x04',
    '\x1b[31m',
    '\x7f',
    'ü€😀',
    '~.',
    '\n~.',
  ],
  ...['$(reboot)', '`reboot`', '; exit 9', '!!', '\\', '\\\\n', "'\\''", '-n', '%s%d'],
]

/** Every promise of Shell, for one implementation. */
export function shellContract(name: string, make: () => Promise<Subject>, options: ContractOptions = {}): void {
  const { slowness = 1, megabytes = 10, atOnce = 50, scratch = '/tmp', trouble = [] } = options
  const slow = (duration: Duration): Duration => scale(duration, slowness)
  const attempt = slow(seconds(10))
  let subject: Subject
  before(async () => {
    subject = await make()
  })
  after(() => subject[Symbol.asyncDispose]())

  const run = (command: Command, stdin?: Buffer) =>
    subject.shell.run(command, stdin === undefined ? { attempt } : { attempt, stdin })
  const text = async (command: Command, stdin?: Buffer) => {
    const { exitCode, stdout, stderr } = await run(command, stdin)
    return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() }
  }
  const works = async () => assert.equal((await text(userScript('echo alive'))).stdout, 'alive\n')

  // side by side, which is a promise too
  describe(`${name} keeps the promises of a shell:`, { concurrency: 6 }, () => {
    test('every exit code comes back', async () => {
      const codes = [0, 1, 2, 3, 7, 42, 126, 127, 128, 130, 137, 254, 255]
      for (const code of codes) assert.equal((await run(userScript(`exit ${code}`))).exitCode, code)
    })

    test('a program killed by a signal has 128 and the signal', async () =>
      assert.deepEqual(
        await Promise.all(
          ['TERM', 'KILL', 'HUP'].map(async s => (await run(sh`sh -c ${`kill -${s} $$`}; exit $?`)).exitCode),
        ),
        [143, 137, 129],
      ))

    test('a command that kills its own shell harms no other command', async () => {
      assert.equal((await run(userScript('kill -KILL $$'))).exitCode, 137)
      await works()
    })

    test('an unknown program is 127 and says so', async () => {
      const { exitCode, stderr } = await text(argv('no-such-program'))
      assert.equal(exitCode, 127)
      assert.match(stderr, /not found/)
    })

    test("a shell's own messages are those of the command's shell, with its name", async () => {
      assert.match((await text(userScript(': "${nope:?gone}"'))).stderr, /^(ba|)sh: (line )?\d+: nope: gone\n$/)
      assert.equal((await text(userScript('f() { set -e; false; }; f; echo no'))).stderr, '')
    })

    test('a syntax error is a result', async () => {
      assert.notEqual((await text(userScript('if then ((('))).exitCode, 0)
      assert.notEqual((await text(userScript("echo 'unfinished"))).exitCode, 0)
      assert.notEqual((await text(userScript('cat <<EOF\nunfinished here document'))).stderr, '')
      await works()
    })

    test('both streams come apart, each in its order', async () =>
      assert.deepEqual(await text(userScript('echo a; echo x >&2; echo b; echo y >&2; exit 5')), {
        exitCode: 5,
        stdout: 'a\nb\n',
        stderr: 'x\ny\n',
      }))

    test('nothing printed is nothing', async () =>
      assert.deepEqual(await text(userScript(':')), { exitCode: 0, stdout: '', stderr: '' }))

    test('no line end is added, none is lost', async () => {
      assert.equal((await text(userScript('printf a'))).stdout, 'a')
      assert.equal((await text(userScript('printf "a\\n\\n\\n"'))).stdout, 'a\n\n\n')
    })

    test('what is written to /dev/stdout and /dev/stderr loses nothing that came before', async () =>
      assert.deepEqual(await text(userScript('echo 1; echo 2 >/dev/stdout; echo 3; echo x >&2; echo y >/dev/stderr')), {
        exitCode: 0,
        stdout: '1\n2\n3\n',
        stderr: 'x\ny\n',
      }))

    test('every byte comes back, on both streams', async () => {
      const octal = [...EVERY_BYTE].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
      const { stdout, stderr } = await run(sh`printf ${octal}; printf ${octal} >&2`)
      assert.deepEqual(stdout, EVERY_BYTE)
      assert.deepEqual(stderr, EVERY_BYTE)
    })

    for (const size of [4095, 4096, 4097, 65_536, 65_537, 200_000])
      test(`${size} bytes are ${size} bytes`, async () => {
        const { stdout, stderr } = await run(sh`head -c ${size} /dev/zero | tr '\\0' x; head -c ${size} /dev/zero >&2`)
        assert.equal(stdout.toString(), 'x'.repeat(size))
        assert.equal(stderr.length, size)
      })

    test(`${megabytes} MB of output arrive whole`, async () => {
      const bytes = megabytes * 1_000_000
      const limits = { attempt: slow(seconds(60)) }
      const { stdout } = await subject.shell.run(sh`i=0; seq 1 2000000 | head -c ${bytes}`, limits)
      assert.equal(stdout.length, bytes)
      assert.equal(sha256(stdout), sha256(Buffer.from(numbers(bytes))))
    })

    test('every printable and many unprintable words arrive unchanged', async () => {
      const { stdout } = await run(sh`printf ${'<%s>\n'} ${HOSTILE}`)
      assert.equal(stdout.toString(), HOSTILE.map(word => `<${word}>\n`).join(''))
    })

    test('a long script arrives whole', async () => {
      const word = PRINTABLE.repeat(1500)
      assert.equal((await text(sh`x=${word}; printf %s "$x"`)).stdout, word)
    })

    test('an endless flood of output is an error that says so, and ends', async () => {
      await assert.rejects(subject.shell.run(argv('yes'), { attempt: slow(seconds(60)) }), /printed more than/)
      await works()
    })

    test('a pipe that is closed early ends the writer silently', async () =>
      assert.deepEqual(await text(userScript('yes | head -n 1')), { exitCode: 0, stdout: 'y\n', stderr: '' }))

    test('standard input is what was given, byte for byte', async () => {
      assert.deepEqual((await run(argv('cat'), EVERY_BYTE)).stdout, EVERY_BYTE)
      const large = Buffer.from(numbers(300_000))
      assert.equal(sha256((await run(argv('cat'), large)).stdout), sha256(large))
    })

    test('standard input that is not read does no harm', async () => {
      assert.equal((await run(argv('true'), Buffer.alloc(200_000, 'x'))).exitCode, 0)
      await works()
    })

    test('a command that reads finds the end, and eats nothing that follows', async () => {
      assert.deepEqual(await text(userScript('cat; read -r line; echo "$?"')), {
        exitCode: 0,
        stdout: '1\n',
        stderr: '',
      })
      await works()
    })

    test('a command that hangs is cut off, says what it printed, and the shell works on', async () => {
      const limits = { attempt: slow(milliseconds(400)) }
      await assert.rejects(subject.shell.run(userScript('echo begun; sleep 1000'), limits), CommandCutOff)
      await works()
    })

    test('a command that ignores signals is cut off all the same', async () => {
      const limits = { attempt: slow(milliseconds(400)) }
      const stubborn = userScript("trap '' TERM INT HUP; while :; do sleep 1; done")
      await assert.rejects(subject.shell.run(stubborn, limits), CommandCutOff)
      await works()
    })

    test('the children of a command that was cut off are dead', async () => {
      const limits = { attempt: slow(milliseconds(400)) }
      const mark = `${scratch}/nixcumber-contract-${process.pid}-${Date.now()}`
      const beating = sh`(while :; do echo beat >>${mark}; sleep 0.05; done) & sleep 1000`
      await assert.rejects(subject.shell.run(beating, limits), CommandCutOff)
      const count = sh`sleep 0.3; wc -c <${mark}`
      const beats = (await text(count)).stdout
      assert.notEqual(beats.trim(), '0')
      assert.equal((await text(count)).stdout, beats)
      await run(argv('rm', '-f', mark))
    })

    test('a process left in the background does not keep the command open', async () => {
      const start = performance.now()
      assert.deepEqual(await text(userScript('sleep 30 & echo started')), {
        exitCode: 0,
        stdout: 'started\n',
        stderr: '',
      })
      assert.ok(performance.now() - start < slow(seconds(5)).ms)
      await works()
    })

    test('what such a process says later is not the answer to another command', async () => {
      await run(userScript('(sleep 0.4; echo late; echo late >&2) & echo early'))
      for (let i = 0; i < 4; i++)
        assert.deepEqual(await text(userScript('sleep 0.2; echo mine')), { exitCode: 0, stdout: 'mine\n', stderr: '' })
    })

    test('exit, exec, set -e, set -u and return end the command, not the shell', async () => {
      assert.equal((await run(userScript('exit 4; echo no'))).exitCode, 4)
      assert.deepEqual(await text(userScript('exec echo done; echo no')), { exitCode: 0, stdout: 'done\n', stderr: '' })
      assert.deepEqual(await text(userScript('set -e; false; echo no')), { exitCode: 1, stdout: '', stderr: '' })
      assert.equal((await text(userScript('set -u; echo "$unset_name"; echo no'))).stdout, '')
      await works()
    })

    test('a trap of the command runs at its end', async () =>
      assert.equal((await text(userScript('trap "echo bye" EXIT; echo hi'))).stdout, 'hi\nbye\n'))

    test('folder, variables, functions and options do not leak to the next command', async () => {
      const before = (await text(userScript('pwd; umask'))).stdout
      await run(userScript('cd /usr; umask 000; leak=1; export LEAK=1; ls() { echo mine; }; set -f; IFS=x'))
      assert.equal((await text(userScript('pwd; umask'))).stdout, before)
      assert.equal(
        (await text(userScript('echo "<$leak$LEAK>" /e*c; a="1 2"; set -- $a; echo $#'))).stdout,
        '<> /etc\n2\n',
      )
    })

    test('several commands at once do not mix, and none waits for a slow one for ever', async () => {
      const answers = await Promise.all(
        Array.from({ length: atOnce }, (_, i) =>
          subject.shell.run(sh`echo ${i}; echo ${-i} >&2; exit ${i}`, { attempt: slow(seconds(60)) }),
        ),
      )
      assert.deepEqual(
        answers.map(({ exitCode, stdout, stderr }) => [exitCode, `${stdout}`, `${stderr}`]),
        answers.map((_, i) => [i, `${i}\n`, `${-i}\n`]),
      )
    })

    test('an abort signal ends a command at once', async () => {
      const stop = new AbortController()
      const running = subject.shell.run(userScript('sleep 1000'), { attempt, signal: stop.signal })
      await run(userScript(':'))
      stop.abort(new Error('no longer wanted'))
      await assert.rejects(running, /no longer wanted/)
      await works()
    })
  })

  describe(`${name} bears trouble:`, () => {
    if (trouble.includes('noise'))
      test('noise on the line does not reach the answers', async () => {
        assert.ok(subject.disturb)
        const quiet = subject.disturb()
        try {
          for (let i = 0; i < 5; i++) await works()
          const bytes = 300_000
          const { stdout } = await run(sh`seq 1 100000 | head -c ${bytes}`)
          assert.equal(sha256(stdout), sha256(Buffer.from(numbers(bytes))))
        } finally {
          quiet()
        }
        await works()
      })

    if (trouble.includes('cut'))
      test('a lost connection is said to the running command, and the next one connects anew', async () => {
        assert.ok(subject.sever)
        const running = assert.rejects(subject.shell.run(userScript('sleep 1000'), { attempt }), ConnectionLost)
        await run(userScript(':'))
        await subject.sever()
        await running
        await eventuallyWorks(works)
      })

    if (trouble.includes('reboot'))
      test('a machine that reboots is a lost connection, then works again', async () => {
        assert.ok(subject.reboot)
        const running = assert.rejects(subject.shell.run(userScript('sleep 1000'), { attempt }), ConnectionLost)
        await run(userScript(':'))
        await subject.reboot()
        await running
        await eventuallyWorks(works)
      })
  })
}

/** The first calls after a fault may meet it still; they must say so in the right class. */
async function eventuallyWorks(works: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 50; tries++)
    try {
      return await works()
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
    }
  await works()
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** The first bytes of `seq 1 2000000`. */
const numbers = (bytes: number): string => {
  const lines: string[] = []
  for (let i = 1, length = 0; length < bytes; i++) {
    const line = `${i}\n`
    lines.push(line)
    length += line.length
  }
  return lines.join('').slice(0, bytes)
}
