import { createHash } from 'node:crypto'
import { sh } from '../../core/command.ts'
import { hashless, type Section, sorted } from './section.ts'

/**
 * What is written in each unit of the machine's own (`/etc/systemd/system`, where NixOS has all of them) and in its drop-ins, as a short
 * hash: a changed definition is seen, a dependency that was only built anew is not. sed(1) says a file's name before its first line
 * and puts a blank before each line, so that no text can pass for a name.
 */
export const unitFilesSection: Section = {
  name: 'unit definitions',
  tool: 'sed',
  command: sh`
cd /etc/systemd/system 2>/dev/null || { echo 'systemd has no units of this machine'; exit 77; }
set --
for file in *.service *.socket *.timer *.path *.target *.mount *.automount *.slice *.d/*.conf; do
  [ -f "$file" ] && [ -r "$file" ] && set -- "$@" "$file"
done
[ $# = 0 ] || sed -s -e 1F -e 's/^/ /' -- "$@"`,
  parse(text) {
    const bodies = new Map<string, string[]>()
    let name = ''
    for (const line of text.split('\n')) {
      if (line.startsWith(' ')) bodies.get(name)?.push(line)
      else if (line !== '') {
        name = line
        bodies.set(name, [])
      }
    }
    return sorted([...bodies].map(([file, lines]) => [file, digest(lines.join('\n'))]))
  },
}

const digest = (text: string): string => createHash('sha256').update(hashless(text)).digest('hex').slice(0, 12)
