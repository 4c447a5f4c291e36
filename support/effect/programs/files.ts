/** Programs that ask for files, file systems and paths. */
import { always, isChange, needs, options, parse, spec } from '../rule/options.ts'
import { each, type Programs, type Rule, unknownWord } from '../rule/rule.ts'
import { isSink } from '../rule/seen.ts'
import { find } from './running/find.ts'

const dd: Rule = (args, _context, name) => {
  const wrong = args.find(({ start, text }) => {
    const [, key = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(start) ?? []
    if (key === 'of') return text === undefined || !isSink(value)
    return !/^(if|bs|ibs|cbs|count|skip|status|iflag)$/.test(key)
  })
  return wrong && unknownWord(wrong.raw, name)
}

const TREE = spec(
  '-adlfxDFiCnAqNQpughsrtUcvSJXL:P:I: --du --dirsfirst --noreport --prune --inodes --device --si --charset= --filelimit= --timefmt= ...',
)

/** What stands behind a letter that takes a value are more letters: the value is the next word. tree's sources, `case 'L'`. */
const tree: Rule = (args, _context, name) => {
  const hidden = args.find(({ start }) => /^-[A-Za-z]*[LPI](?!\d+$)./.test(start))
  if (hidden) return unknownWord(hidden.raw, name)
  const parsed = parse(args, TREE, name)
  return isChange(parsed) ? parsed : undefined
}

export const FILES: Programs = {
  ...each(
    `ls dir vdir stat readlink realpath basename dirname pathchk namei du findmnt lsblk mountpoint getfacl getcap lsattr getfattr
    pwdx locate plocate lslocks systemd-path`,
    always,
  ),
  find,
  df: options(
    '-ahHiklPTt:x:B: --all --block-size= --human-readable --si --inodes --local --no-sync --output[= --portability --total --type= --exclude-type= --print-type ...',
  ),
  dd,
  file: options(
    '-bikLhNnrszZ0f:m:F: --brief --mime --mime-type --mime-encoding --dereference --special-files --no-pad --keep-going --raw --version ...',
  ),
  tree,
  mount: options('-lvt: --show-labels --types= --verbose --version -V'),
  swapon: options('-s --show[= --summary --noheadings --raw --bytes'),
  fd: options(
    '-#HIsigaLpt:d:e:E:0 --hidden --no-ignore --type= --extension= --max-depth= --exclude= --glob --absolute-path ...',
  ),
  losetup: options('-aljJnO: --all --list --associated= --json --noheadings --output= --raw ..1'),
  fuser: options('-avmuns46 --all --verbose --mount --user ...'),
  lsof: options('-nPtUlRoObwasC?i?p:u:c:d:g?F?T?L?S?+: ...'),
  quota: options('-ugqsvw ...'),
  repquota: options('-augvs ...'),
  xfs_info: options('..1'),
  tune2fs: options('-l ..1', needs('-l')),
  dumpe2fs: options('-hbfgx ..1'),
}
