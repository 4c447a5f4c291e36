/** Package managers of other distributions, of which a host that is to become NixOS may be one. */
import { needs, options } from '../rule/options.ts'
import type { Programs } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

const listing =
  '-l -L -s -S -p -V -C --list --listfiles --status --search --print-avail --verify --audit --get-selections --print-architecture --print-foreign-architectures --version'

export const PACKAGES: Programs = {
  dpkg: options(`${listing} ...`, needs(...listing.split(' '))),
  'dpkg-query': options('-WlLsSpf: --show --list --listfiles --status --search --showformat= --print-avail ...'),
  apt: verbs('-qqan --installed --upgradable --all-versions', { 'list show search policy': '...' }),
  'apt-cache': verbs('-qan', { 'policy show showpkg search depends rdepends madison pkgnames stats dump': '...' }),
  'apt-mark': verbs('', { 'showhold showmanual showauto': '...' }),
  'apt-config': verbs('', { dump: '...' }),
  rpm: options(
    '-qailcdfpRVv --query --verify --all --info --list --file --requires --provides --changelog --queryformat= --qf= --last --whatprovides= --scripts --version ...',
    // a package brings its own script, by which it is verified
    parsed =>
      needs('-q', '--query', '--version', '-V', '--verify')(parsed) ??
      (needs('-V', '--verify')(parsed) === undefined && needs('-p')(parsed) === undefined ? '-p' : undefined),
  ),
  dnf: verbs('-qC --quiet --cacheonly --installed', { 'list info repolist provides': '...' }),
  pacman: options('-Qlioqkdetum --version ...', needs('-Q', '--version')),
  apk: verbs('', { 'info list version stats': '-veaLdRrWws --installed --upgradable ...' }),
  snap: verbs('', { 'list version services connections changes': '...' }),
  flatpak: verbs('', { 'list info remotes': '...' }),
  'update-alternatives': options(
    '--display --query --list --get-selections ...',
    needs('--display', '--query', '--list', '--get-selections'),
  ),
}
