/** systemd's programs. What is asked goes by D-Bus to a daemon: no file system that is read-only holds it back. */
import { needs, options } from '../rule/options.ts'
import type { Programs, Rule } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

/** Of all of them; `-H` would go to another host. */
const SHARED = '-l --no-pager --no-legend --full --json= --no-ask-password --help --version'

/** Another container's: a name, and no user at it. */
const ofMachine =
  (rule: Rule): Rule =>
  (args, context, name) => {
    const at = args.findIndex(({ text }) => /^(-M|--machine)$/.test(text ?? ''))
    const given = at >= 0 ? args[at + 1]?.text : /^--machine=(.*)$/.exec(args[0]?.text ?? '')?.[1]
    if (given === undefined || !/^\w[\w.-]*$/.test(given)) return rule(args, context, name)
    return rule(at >= 0 ? args.toSpliced(at, 2) : args.slice(1), context, name)
  }

const UNITS = `${SHARED} -aqrT -t:p:P:n:o: --user --system --all --type= --property= --value --lines= --output= --state= --quiet --plain --failed --reverse --after --before
  --show-types --recursive --legend= --timestamp= --with-dependencies --wait --show-transaction`

const RESTARTING =
  /^(reboot|poweroff|halt|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|sleep|rescue|emergency|exit|isolate|default|switch-root)$/

const units = ofMachine(
  verbs(UNITS, {
    '': '',
    'status show cat is-active is-failed is-enabled list-dependencies list-units list-unit-files list-timers list-sockets list-automounts list-paths list-jobs list-machines':
      '...',
    'is-system-running get-default show-environment': '',
  }),
)

/** The root's units. systemctl has no option of that letter: without `--` before it, it says so and ends before it does anything. */
const ROOT = /^-\.(mount|slice)$/

const systemctl: Rule = (args, context, name) => {
  const words = args.map(word => (ROOT.test(word.text ?? '') ? { ...word, operand: true } : word))
  const verdict = units(words, context, name)
  return verdict && args.some(({ text }) => RESTARTING.test(text ?? '')) ? { ...verdict, effect: 'restarts' } : verdict
}

const JOURNAL = `${SHARED} -#aefkqrxNmb?u:t:p:g:S:U:n?o:c:D:i:F:T: --all --pager-end --follow --dmesg --quiet --reverse --catalog --merge --boot[= --unit= --user-unit= --user --system
  --identifier= --priority= --facility= --grep= --case-sensitive[= --since= --until= --lines[= --output= --output-fields= --no-hostname --utc --no-tail --list-boots --disk-usage
  --fields --field= --header --verify --cursor= --after-cursor= --show-cursor --directory= --file= --list-catalog --truncate-newline --transport= --exclude-identifier= --list-invocations --invocation=`

export const SYSTEMD: Programs = {
  systemctl,
  service: options('--status-all ...', ({ operands, options }) =>
    options.length > 0 || (operands.length === 2 && operands[1]?.text === 'status')
      ? undefined
      : (operands[1]?.raw ?? 'service'),
  ),
  journalctl: ofMachine(options(`${JOURNAL} ...`)),
  'systemd-analyze': verbs(
    `${SHARED} --user --system --order --require --from-pattern= --to-pattern= --fuzz= --man= --security-policy= --offline= --threshold= --iterations= --base-time= --unit=`,
    {
      '': '',
      'time blame': '',
      'critical-chain security verify cat-config calendar timestamp timespan exit-status capability syscall-filter filesystems unit-paths unit-files condition dot dump plot':
        '...',
    },
  ),
  hostnamectl: verbs(`${SHARED} --static --transient --pretty`, {
    '': '',
    status: '',
    'hostname icon-name chassis deployment location': '',
  }),
  timedatectl: verbs(`${SHARED} -ap:M: --all --value --property=`, {
    '': '',
    'status show list-timezones timesync-status show-timesync': '',
  }),
  localectl: verbs(SHARED, {
    '': '',
    'status list-locales list-keymaps list-x11-keymap-models list-x11-keymap-layouts': '',
    'list-x11-keymap-variants list-x11-keymap-options': '...',
  }),
  loginctl: verbs(`${SHARED} -ap:n:o: --all --value --property= --lines= --output=`, {
    '': '',
    'list-sessions list-users list-seats': '',
    'session-status show-session user-status show-user seat-status show-seat': '...',
  }),
  networkctl: verbs(`${SHARED} -asn: --all --stats --lines=`, { '': '', 'list status lldp cat': '...', label: '' }),
  resolvectl: verbs(
    `${SHARED} -46i:p:t:c: --interface= --protocol= --type= --class= --legend= --cache= --search= --validate=`,
    {
      '': '',
      'status query service openpgp tlsa statistics show-cache show-server-state': '...',
      'dns domain default-route llmnr mdns dnssec dnsovertls nta': '..1',
    },
  ),
  'systemd-resolve': options('--status --statistics -t:i:46 ...'),
  machinectl: verbs(`${SHARED} -ap:n:o: --all --property= --value --lines= --output=`, {
    '': '',
    'list list-images': '',
    'status show image-status show-image': '...',
  }),
  coredumpctl: verbs(`${SHARED} -1rqS:U:F: --since= --until= --reverse --field= --all --file=`, {
    '': '',
    'list info': '...',
  }),
  busctl: verbs(`${SHARED} -qjl --system --user --list --acquired --activatable --unique --show-machine --verbose`, {
    '': '',
    'list status tree introspect get-property': '...',
  }),
  bootctl: verbs(`${SHARED} -pxqR --print-esp-path --print-boot-path --print-root-device --esp-path= --boot-path=`, {
    '': '',
    'status list is-installed systemd-efi-options reboot-to-firmware': '',
  }),
  udevadm: verbs(SHARED, {
    info: '-q:p:n:raxeV --query= --path= --name= --root --attribute-walk --export --export-db --property= --value --json= ...',
    settle: '-t:E: --timeout= --exit-if-exists=',
    verify: '...',
    monitor: '-kups:t: --kernel --udev --property --subsystem-match= --tag-match=',
  }),
  'systemd-cgls': options(`${SHARED} -aku:M:c --all --unit[= --user-unit[= --xattr= --cgroup-id= ...`),
  'systemd-cgtop': options('-bptcmin:d:1kr --batch --iterations= --delay= --raw --depth= ..1', needs('-b', '--batch')),
  'systemd-delta': options(`${SHARED} -t: --type= --diff= ...`),
  'systemd-tmpfiles': options(`${SHARED} --cat-config --tldr --user ...`, needs('--cat-config', '--tldr')),
  'systemd-sysusers': options(`${SHARED} --cat-config --tldr ...`, needs('--cat-config', '--tldr')),
  'systemd-escape': options('-pum --path --unescape --mangle --suffix= --template= --instance ...'),
  'systemd-id128': verbs(SHARED, { 'machine-id boot-id invocation-id': '-pu', show: '...' }),
  userdbctl: verbs(`${SHARED} -s:NS --output= --service= --with-nss= --synthesize= --with-dropin=`, {
    '': '',
    'user group users-in-group groups-of-user services': '...',
  }),
  homectl: verbs(SHARED, { '': '', 'list inspect': '...' }),
  portablectl: verbs(SHARED, { '': '', 'list is-attached inspect': '...' }),
  'systemd-creds': verbs(`${SHARED} --system`, { '': '', 'list has-tpm2': '' }),
  'systemd-cryptenroll': options('..1'),
  oomctl: verbs(SHARED, { '': '', dump: '' }),
}
