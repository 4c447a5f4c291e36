/** Shell scripts of every construction, made from a seed. Each command in them has a name of its own: `c0`, `c1`, … */
import { chance } from '../../core/chance.ts'

export function madeScript(seed: number): string {
  return new Maker(chance('script', seed)).script()
}

/** The same with a few characters lost, doubled or put in: mostly no longer what a shell would take. */
export function brokenScript(seed: number): string {
  const random = chance('broken', seed)
  let text = madeScript(seed)
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const at = Math.floor(random() * text.length)
    const put = SIGNS[Math.floor(random() * SIGNS.length)] ?? ''
    text = text.slice(0, at) + put + text.slice(at + (random() < 0.5 ? 1 : 0))
  }
  return text
}

const SIGNS = [
  '',
  '',
  '"',
  "'",
  '\\',
  '$',
  '(',
  ')',
  '{',
  '}',
  '`',
  '#',
  '\n',
  ' ',
  ';',
  '&',
  '|',
  '<',
  '>',
  '$(',
  '\\\n',
  '<<',
  '((',
  '[[',
  ']]',
  '!',
  '~',
  '*',
]

class Maker {
  readonly #random: () => number
  #count = 0
  #ending = 0
  #depth = 0
  /** Bodies of here-documents that wait for the end of the line. */
  #bodies: string[] = []

  constructor(random: () => number) {
    this.#random = random
  }

  script(): string {
    return this.#list(1 + this.#upTo(3)) + this.#line()
  }

  #upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1))
  }

  #one<Value>(...choices: readonly Value[]): Value {
    return choices[Math.floor(this.#random() * choices.length)] as Value
  }

  /** One of these, each made only when it is the one; deep inside the first, which is the plainest. */
  #of(...makers: readonly (() => string)[]): string {
    if (this.#depth > 4) return makers[0]?.() ?? ''
    this.#depth++
    const made = this.#one(...makers)()
    this.#depth--
    return made
  }

  #many(most: number, make: () => string, between = ' '): string {
    return Array.from({ length: this.#upTo(most) }, make).join(between)
  }

  #line(): string {
    return `\n${this.#bodies.splice(0).join('')}`
  }

  #list(length: number): string {
    let text = this.#command()
    for (let i = 1; i < length; i++) text += this.#separator() + this.#command()
    return text
  }

  #separator(): string {
    return this.#of(
      () => '; ',
      () => ' && ',
      () => ' || ',
      () => ' | ',
      () => ' & ',
      () => this.#line(),
      () => ` # ${this.#one('it is', '$(', '"', '`', 'c99')}${this.#line()}`,
      () => ` |& `,
      () => `;${this.#line()}  `,
      () => ' && \\\n',
    )
  }

  #inner(): string {
    const outer = this.#bodies
    this.#bodies = []
    const text = this.#list(1 + this.#upTo(1))
    const line = this.#bodies.length > 0 ? this.#line() : this.#one('', '', ' ', '\n')
    this.#bodies = outer
    return text + line
  }

  #command(): string {
    const simple = (): string => this.#simple()
    return this.#of(
      simple,
      simple,
      simple,
      simple,
      () => `{ ${this.#list(1)}${this.#end()}}`,
      () => `(${this.#list(1)}${this.#bodies.length > 0 ? this.#line() : ''})${this.#redirections()}`,
      () =>
        `if ${this.#list(1)}${this.#end()}then ${this.#list(1)}${this.#end()}${this.#one('', `else ${this.#list(1)}${this.#end()}`)}fi`,
      () =>
        `for x in ${this.#many(3, () => this.#word())}${this.#end()}do ${this.#list(1)}${this.#end()}done${this.#redirections()}`,
      () => `while ${this.#simple()}${this.#end()}do ${this.#list(1)}; break${this.#end()}done`,
      () =>
        `case ${this.#word()} in${this.#one(' ', '\n')}${this.#one('', '(')}${this.#pattern()}) ${this.#list(1)};;${this.#one(' ', '\n')}*) ${this.#list(1)}${this.#end()}esac`,
      () => `f${this.#upTo(3)}() { ${this.#list(1)}${this.#end()}}`,
      () => `function g${this.#upTo(3)} { ${this.#list(1)}${this.#end()}}`,
      () => `! ${this.#simple()}`,
      () => `time ${this.#simple()}`,
      () =>
        `[[ ${this.#one('-n ', '! ', '')}${this.#quoted()}${this.#one('', ` == ${this.#quoted()}`, ' =~ ^(a|b)$', ` && -f ${this.#quoted()}`)} ]]`,
      () => `((x ${this.#one('+', '<', '==')} ${this.#arithmetic()}))`,
    )
  }

  #end(): string {
    return this.#bodies.length > 0 ? this.#line() : this.#one('; ', '\n', ';\n')
  }

  #simple(): string {
    const before = this.#one('', '', '', `${this.#assignment()} `, `${this.#redirection()} `)
    const after = this.#many(3, () => this.#one(this.#word(), this.#word(), this.#redirection()))
    return `${before}c${this.#count++}${after === '' ? '' : ` ${after}`}`
  }

  #assignment(): string {
    return `${this.#one('x', 'y')}=${this.#one('', this.#word())}`
  }

  #redirections(): string {
    return this.#one('', '', ` ${this.#redirection()}`)
  }

  #redirection(): string {
    return this.#of(
      () => '2>/dev/null',
      () => `>${this.#one('', ' ', '> ')}w${this.#count++}`,
      () => '2>&1',
      () => `< ${this.#word()}`,
      () => `&> w${this.#count++}`,
      () => `<<< ${this.#word()}`,
      () => this.#hereDocument(),
      () => `> ${this.#quoted()}`,
      () => `> >(${this.#inner()})`,
    )
  }

  #hereDocument(): string {
    const ending = `E${this.#ending++}`
    const dash = this.#one('', '-')
    const quote = this.#one('', "'", '"', '\\')
    const lines = this.#many(
      3,
      () =>
        `${dash ? '\t' : ''}${this.#one('text', `a $(${this.#plain()}) b`, '`c98`', "it's", '"', '${x}', '$((1+1))', '# no')}\n`,
      '',
    )
    this.#bodies.push(`${lines}${dash ? this.#one('', '\t') : ''}${ending}\n`)
    return `<<${dash}${quote}${ending}${quote === '\\' ? '' : quote}`
  }

  /** A command that has no line of its own. */
  #plain(): string {
    return `c${this.#count++} ${this.#one('a', '"b"', '$x')}`
  }

  #word(): string {
    return this.#of(
      () =>
        this.#one('a', 'b/c', '-x', '--y=z', '1', '~', 'a#b', 'x=1', '{}', 'a\\ b', '\\"', "\\'", '*.c', '%', ':', '@'),
      () => this.#quoted(),
      () => `'${this.#one('a', '"', '$(c97)', '`', '# x', '\\', '\n', ';')}'`,
      () => `$'${this.#one('a', '\\n', '"', '$(c96)')}'`,
      () => this.#expansion(),
      () => `a${this.#expansion()}b`,
      () => `{a,${this.#one('b', '$x')}}`,
      () => `<(${this.#inner()})`,
    )
  }

  #quoted(): string {
    return `"${this.#many(
      3,
      () =>
        this.#of(
          () => this.#one('a', ' ', '\\"', '\\$', "'", '#', ';', '(', ')', '\\\\', '\n'),
          () => this.#expansion(),
        ),
      '',
    )}"`
  }

  #expansion(): string {
    return this.#of(
      () => this.#one('$x', '${x}', '$1', '$?', '$@', '${#x}', '${x[0]}'),
      () => `$(${this.#inner()})`,
      () => `\`${this.#plain()}\``,
      () =>
        `\${x${this.#one(':-', ':+', '#', '%', ':=', '/a/')}${this.#one('', 'a', '$y', `$(${this.#plain()})`, '"q"', '\\}')}}`,
      () => `$((${this.#arithmetic()}))`,
      () => `$( ${this.#inner()} )`,
    )
  }

  #arithmetic(): string {
    return this.#of(
      () => this.#one('1', 'x', '$x', '2 + 3', '(4)', 'x ** 2', '${x}'),
      () => `1 + $(${this.#plain()})`,
      () => `$((${this.#arithmetic()})) - 1`,
    )
  }

  #pattern(): string {
    return this.#one('a', 'a|b', '"c d"', '[ab]*', '$x', "'('")
  }
}
