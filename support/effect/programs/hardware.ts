/** Programs that ask for devices. */
import { always, needs, options } from '../rule/options.ts'
import { each, type Programs } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

/** smartctl(8), `-l`. */
const SMART_LOGS =
  /^(x?error(,(\d+|error|p))*|x?selftest(,(\d+|selftest))*|selective|background|directory(,[gs])?|scttemp(sts|hist)?|scterc|devstat(,\d+)?|defects(,\d+)?|sataphy|sasphy|gplog,\w+(,\d+([-+]\d*)?)?|smartlog,\w+|ssd|envrep|genstats|zdevstat|farm|nvmelog,\w+,\w+)$/

export const HARDWARE: Programs = {
  lspci: options('-#vnkmtDPbxs:d:i: ...'),
  lsusb: options('-vts:d:D: --verbose --tree'),
  lsscsi: always,
  lshw: options(
    'words -short -class: -c: -C: -json -xml -businfo -html -sanitize -quiet -numeric -notime -disable: -enable:',
  ),
  dmidecode: options('-t:s:qu --type= --string= --quiet --dump --no-sysfs'),
  sensors: options('-ujAf'),
  acpi: options('-abcstVif'),
  upower: options(
    '-edi:b --enumerate --dump --show-info= --battery --version',
    needs('-e', '-d', '-i', '-b', '--enumerate', '--dump', '--show-info', '--battery', '--version'),
  ),
  smartctl: options(
    '-aiHAxcjl:g:d:n:q: --all --info --health --attributes --xall --capabilities --json[= --log= --get= --device= --nocheck= --scan --scan-open ...',
    parsed =>
      // `scterc,70,70` sets it, `sataphy,reset` forgets what was counted
      parsed.options.find(
        ({ name, value }) =>
          (/^(-l|--log)$/.test(name) && !SMART_LOGS.test(value?.text ?? '')) ||
          (/^(-g|--get)$/.test(name) && !/^[a-z]+$/.test(value?.text ?? '')),
      )?.value?.raw,
  ),
  hdparm: options('-ICigtT ...'),
  nvme: verbs('', {
    list: '-vo: --verbose --output-format=',
    'list-subsys smart-log id-ctrl id-ns list-ns error-log fw-log show-regs get-feature':
      '-Ho:n:f: --human-readable --output-format= --namespace-id= --feature-id= ...',
    version: '',
  }),
  efibootmgr: options('-v --verbose'),
  rfkill: verbs('-nro:J --noheadings --raw --output= --json', { '': '', list: '...' }),
  cpupower: verbs('-c:', { 'frequency-info idle-info info': '-a -e -p -w -l -d -g -o -m' }),
  numactl: options('-Hs --hardware --show', needs('-H', '-s', '--hardware', '--show')),
  'nvidia-smi': options('-qLd:i: --query --list-gpus --query-gpu= --format= --display= --id= --query-compute-apps='),
  aplay: options('-lL', needs('-l', '-L')),
  arecord: options('-lL', needs('-l', '-L')),
  pactl: verbs('-f: --format=', { info: '', list: 'short ...', 'get-default-sink get-default-source': '', stat: '' }),
  wpctl: verbs('', { status: '-kn', inspect: '..1', 'get-volume': '..1' }),
  'v4l2-ctl': options('-d: --device= --list-devices --all --list-formats --list-ctrls --info'),
  bluetoothctl: verbs('', { 'devices show info list': '..1' }),
  fwupdmgr: verbs('--json --version', { 'get-devices get-topology': '' }),
  ...each('tpm2_pcrread tpm2_getcap', options('..1')),
}
