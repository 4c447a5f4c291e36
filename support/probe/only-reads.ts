/** Programs that only look, with the words that must follow where the same program can also act. */
const READERS: readonly RegExp[] = [
  /^(hostname|uptime|whoami|nixos-version|lsblk|findmnt|free|true|false)$/,
  /^(uname|id|cat|ls|stat|readlink|head|tail|grep|wc|df|du|ps|ss|getent|which|echo|printf|test|sha256sum|lscpu) /,
  /^(uname|id|ls|df|ps|ss|date|lsmod|mount|lscpu)$/,
  /^ip (-\S+ )*(a|addr|address|l|link|r|route)( show.*)?$/,
  /^systemctl (-\S+ )*(status|show|cat|is-\S+|list-\S+)( |$)/,
  /^journalctl( (?!--(rotate|vacuum|flush|sync|relinquish|setup|update)\S*)\S+)*$/,
]

/** Whether a command plainly does nothing but look: one program known for it, and nothing the shell would make more of. */
export const onlyReads = (script: string): boolean =>
  !/[;&|<>`$(){}\n\\]/.test(script) && READERS.some(reader => reader.test(script.trim()))
