import type { PromptAnswer } from '../prompt-answer.ts'

/** A console that waits for a person: what its last line asks. Of systemd, cryptsetup, NixOS's stage 1, ZFS, ssh and GRUB. */
const QUESTION = /pass ?phrase|password|\bPIN\b|recovery key|press any key|\[y\/n\]|\(yes\/no\)/i
const OPEN_END = /[:?\])…]\s*(?:\*+\s*)?$/

/** Undefined when it does not wait, or only for a login. */
export function waitingPrompt(consoleText: string): string | undefined {
  const [last = ''] = consoleText.trimEnd().split('\n').slice(-1)
  const line = last.trim()
  return QUESTION.test(line) && OPEN_END.test(line) ? line : undefined
}

/** What the reader can do about it. @param answers what has been typed whenever it asked */
export function answerIt(asked: string, answers: readonly PromptAnswer[]): string {
  const given = answers.find(({ prompt }) => asked.includes(prompt))
  if (given && 'secret' in given) return `it was answered and asks again: is what ${given.secret} holds the right one?`
  if (given) return `what is typed at "${given.prompt}" was not the answer`
  return sayAnswer(asked)
}

const sayAnswer = (asked: string): string =>
  `say it before the machine is booted: Given the console prompt "${asked.replace(/["':].*/, '').trim()}" is answered with the secret "LUKS_PASSPHRASE"`
