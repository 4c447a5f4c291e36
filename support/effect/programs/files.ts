/** Programs that ask for files, file systems and paths. */
import { always, needs, options } from '../rule/options.ts'
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

export const FILES: Programs = {
  ...each(
    `ls dir vdir stat readlink realpath basename dirname pathchk namei du df findmnt lsblk mountpoint getfacl getcap lsattr getfattr
    pwdx locate plocate lslocks systemd-path`,
    always,
  ),
  find,
  dd,
  file: options(
    '-bikLhNnrszZ0f:m:F: --brief --mime --mime-type --mime-encoding --dereference --special-files --no-pad --keep-going --raw --version ...',
  ),
  tree: options(
    '-adlfxDFiCnAqNQpughsrtUcvSJXL:P:I: --du --dirsfirst --noreport --prune --inodes --device --si --charset= --filelimit= --timefmt= ...',
  ),
  mount: options('-lvt: --show-labels --types= --verbose --version -V'),
  swapon: options('-s --show[= --summary --noheadings --raw --bytes', needs('-s', '--show', '--summary')),
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
