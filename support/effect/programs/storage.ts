/** Programs that ask for disks, volumes and file systems. */
import { always, needs, options } from '../rule/options.ts'
import { each, type Programs, type Rule } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

const REPORT =
  '-avPo:S:O: --all --options= --noheadings --units= --separator= --reportformat= --verbose --select= --nosuffix --segments --aligned --rows --unbuffered --sort= --binary --nameprefixes'

/** btrfs-progs take the beginning of a word for the word: only those in daily use are known. `device ready` makes the kernel know the device. */
const btrfs: Rule = verbs('--version', {
  'subvolume subvol sub': verbs('', { 'list show get-default': '-apcgouqtsrd --sort= ...' }),
  'filesystem fi fs': verbs('', {
    'show df usage du':
      '-dmbhHkKgGtTsi --all-devices --mounted --raw --human-readable --iec --si --kbytes --mbytes --gbytes --tbytes --summarize ...',
  }),
  'device dev': verbs('', { 'stats stat': '-cT --check -T ...', usage: '-bhHkgt ...' }),
  scrub: verbs('', { status: '-dR --raw ...' }),
  'balance bal': verbs('', { status: '-v ...' }),
  qgroup: verbs('', { show: '-pcreFf --raw --sort= ...' }),
  'property prop': verbs('', { 'get list': '-t: ...' }),
  replace: verbs('', { status: '-1 ..1' }),
  quota: verbs('', { status: '..1' }),
  'inspect-internal insp inspect': verbs('', {
    'dump-super min-dev-size rootid inode-resolve logical-resolve subvolid-resolve': '-faFP ...',
  }),
  version: '',
})

export const STORAGE: Programs = {
  btrfs,
  blkid: options(
    '-c:ilkL:o:s:t:u:n:pU:hV --cache-file= --label= --match-tag= --match-token= --output= --probe --uuid= ...',
    // what it finds is written to its cache
    ({ options }) =>
      options.find(({ name, value }) => /^(-c|--cache-file)$/.test(name) && value?.text !== '/dev/null')?.value?.raw,
  ),
  ...each('lvs vgs pvs', options(`${REPORT} --readonly ...`)),
  ...each('lvdisplay vgdisplay pvdisplay', options('-acmsvC --colon --maps --verbose --short --units= ...')),
  ...each('lvscan pvscan', options('-av --all --verbose')),
  vgscan: options('-v --verbose'),
  dmsetup: verbs('', {
    'ls info status table deps': '-cC --columns --noheadings --tree --target= -o: --options= --showkeys ...',
    'version targets': '',
  }),
  cryptsetup: verbs('-v --verbose --version --help', { 'status luksDump luksUUID isLuks': '--type= ..1' }),
  veritysetup: verbs('', { 'status dump': '..1' }),
  mdadm: options(
    '-DEQXsvtbY --detail --examine --query --examine-bitmap --scan --verbose --test --brief --export ...',
    needs('-D', '-E', '-Q', '-X', '--detail', '--examine', '--query', '--examine-bitmap'),
  ),
  fdisk: options(
    '-lLo:b:t:x --list --list-details --output= --color[= --bytes ...',
    needs('-l', '-x', '--list', '--list-details'),
  ),
  sfdisk: options(
    '-ldJsFVgq --list --dump --json --list-free --list-types --verify --show-geometry --output= -o: --quiet ...',
    needs('-l', '-d', '-J', '-s', '-F', '-V', '--list', '--dump', '--json', '--list-free', '--verify'),
  ),
  sgdisk: options('-pvi: --print --verify --info= ...', needs('-p', '-v', '-i', '--print', '--verify', '--info')),
  gdisk: options('-l ..1', needs('-l')),
  parted: options('-lsm --list --script --machine ...', ({ options, operands }) => {
    const [device, ...words] = operands
    const said = words.map(({ text }) => text ?? '?').join(' ')
    if (options.some(({ name }) => /^(-l|--list)$/.test(name)) && !device) return undefined
    return /^(unit \w+ )?(print( free| all| devices)?|align-check \w+ \d+)$/.test(said) ? undefined : said || 'parted'
  }),
  partx: options(
    '-slbrgPo: --show --list --bytes --raw --noheadings --pairs --output= --nr= -n: ...',
    needs('-s', '-l', '--show', '--list'),
  ),
  wipefs: options('-inJpO: --noheadings --json --parsable --no-act --output= ...'),
  blockdev: options(
    '--getsize64 --getsz --getss --getpbsz --getbsz --getro --getra --getfra --getsize --getiomin --getioopt --getmaxsect --getalignoff --getdiscardzeroes --report --getdiskseq --getzonesz ...',
  ),
  ...each('e2fsck fsck.ext4 fsck.ext3 fsck.ext2', options('-nfv ..1', needs('-n'))),
  zfs: verbs('--version', { 'list get holds userspace groupspace projectspace': '*', version: '' }),
  zpool: verbs('--version', {
    'list get': '*',
    history: '-il ...',
    status: '-DgiLPstvxT:pjJ ...',
    iostat: '-DgLPHlpqrTvwy ...',
    version: '',
  }),
  multipath: options('-lv:t', needs('-l', '-t')),
  multipathd: verbs('', { show: '...' }),
  exportfs: options('-sv'),
  showmount: options('-ade --all --directories --exports --no-headers ..1'),
  nfsstat: options('-csnrmol234v'),
  compsize: always,
}
