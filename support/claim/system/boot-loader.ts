/** What it means that a boot loader starts a system. */
import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { type BootEntry, wordsOf } from '../../probe/boot/boot-entry.ts'
import type { BootFiles } from '../../probe/boot/boot-files.ts'
import { bootingOf } from '../../probe/boot/booting.ts'
import { known, whyUnknown } from '../../probe/fact.ts'

/** By default, and byte for byte: a kernel or an initrd of the same name may be half a file. */
export const bootLoaderStarts = (toplevel: string): Expectation<BootFiles> =>
  claim<BootFiles>({
    wanted: toplevel,
    missed: 'did not start the system of the host',
    unknown: files => whyUnknown(bootingOf(files)) ?? (differences(files).length > 0 ? undefined : doubts(files)[0]),
    holds: files => differences(files).length === 0,
    seen,
    hopeless: () => 'what starts at the next boot is written only when a system is switched to',
  })

function seen(files: BootFiles): string {
  const booting = known(bootingOf(files))
  if (!booting) return 'unknown'
  const { loader, entry } = booting
  return [`"${entry.name}" of ${loader}`, ...differences(files)].join('\n')
}

const INIT = 'init='

/** What is surely otherwise. */
function differences(files: BootFiles): string[] {
  const entry = known(bootingOf(files))?.entry
  if (!entry) return []
  const { toplevel, kernel, initrd } = files.system
  const inits = entry.words.filter(word => word.startsWith(INIT))
  if (inits.join(' ') !== `${INIT}${toplevel}/init`) return [inits.join(' ') || 'starts no system: there is no init=']
  if (kernel === '' || initrd === '') return [`${toplevel} is not in the machine's store`]
  const lacking = parametersOf(files).filter(word => !entry.words.includes(word))
  return [
    ...(isOther(files, entry.kernel, 'kernel') ? [`${entry.kernel} is not the kernel of the host, byte for byte`] : []),
    ...initrdDifferences(files, entry),
    ...(lacking.length > 0 ? [`without these parameters of the kernel: ${lacking.join(' ')}`] : []),
  ]
}

function initrdDifferences(files: BootFiles, { initrds: [first, ...more] }: BootEntry): string[] {
  if (first === undefined) return ['starts no initrd']
  if (isOther(files, first, 'initrd')) return [`${first} is not the initrd of the host, byte for byte`]
  return more.length > 0 && !files.system.hasSecrets ? [`with a further initrd: ${more.join(', ')}`] : []
}

/** What may be so or not. */
function doubts(files: BootFiles): string[] {
  const entry = known(bootingOf(files))?.entry
  if (!entry) return []
  const own = new Set(parametersOf(files))
  const further = entry.words.filter(word => !own.has(word) && !isOwn(word))
  return [
    ...[entry.kernel, ...entry.initrds.slice(0, 1)].flatMap(file => doubtOf(files, file)),
    ...(hasSecrets(files, entry) ? ['its initrd has secrets in it, which are not compared (boot.initrd.secrets)'] : []),
    ...(further.length > 0 ? [`it gives the kernel further parameters: ${further.join(' ')}`] : []),
  ]
}

/** Words that boot loaders of NixOS add by themselves. */
const isOwn = (word: string): boolean => /^(?:init|systemConfig|systemd\.machine_id|BOOT_IMAGE)=/.test(word)

const parametersOf = ({ system }: BootFiles): string[] => wordsOf(system.parameters)

const likeness = ({ files }: BootFiles, file: string) => files.get(file) ?? []

const isStored = ({ system }: BootFiles, file: string, kind: 'kernel' | 'initrd'): boolean => system[kind] === file

/** Not the very file: neither of the store itself nor one that was compared and found alike, nor one of which that cannot be told. */
function isOther(files: BootFiles, file: string, kind: 'kernel' | 'initrd'): boolean {
  const is = likeness(files, file)
  const longer = kind === 'initrd' && is.includes('more') && files.system.hasSecrets
  return !isStored(files, file, kind) && !is.includes(kind) && !longer && doubtOf(files, file).length === 0
}

function doubtOf(files: BootFiles, file: string): string[] {
  if (file.startsWith('/nix/store/')) return []
  if (!files.compared.some(folder => file.startsWith(`${folder}/`))) return [`${file} was not compared`]
  return likeness(files, file).includes('unread') ? [`${file} could not be read to its end`] : []
}

const hasSecrets = (files: BootFiles, { initrds: [first = '', ...more] }: BootEntry): boolean =>
  files.system.hasSecrets &&
  (more.length > 0 || (!likeness(files, first).includes('initrd') && !isStored(files, first, 'initrd')))
