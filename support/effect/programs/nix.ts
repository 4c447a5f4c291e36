/**
 * Nix: questions to its store. To evaluate is to write derivations and fetched sources into the store, so only what names a path of the store is
 * a look.
 */

import type { Parsed } from '../rule/options.ts'
import { needs, options } from '../rule/options.ts'
import type { Programs, Rule } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

const inStore = ({ operands }: Parsed): string | undefined =>
  operands.find(({ start }) => !/^(\/nix\/(store|var)\/|\/run\/(current|booted)-system|\/etc\/profiles\/)/.test(start))
    ?.raw

const SHARED =
  '-vL --json --verbose --quiet --no-pretty --extra-experimental-features= --experimental-features= --offline'

/** Installables that are paths of the store. */
const paths = (known: string): Rule => options(`${SHARED} ${known} ...`, inStore)

const nix = verbs(`${SHARED} --version --help`, {
  '': '',
  'path-info': paths('-rsShd --recursive --size --closure-size --human-readable --derivation --sigs'),
  'why-depends': paths('-a --all --precise --derivation'),
  log: paths(''),
  store: verbs(SHARED, {
    'ls cat dump-path diff-closures path-from-hash-part': '-lRr --long --recursive ...',
    'info ping': '',
    verify: paths('-rn: --all --no-contents --no-trust --sigs-needed='),
  }),
  derivation: verbs(SHARED, { show: paths('-r --recursive') }),
  profile: verbs(SHARED, { list: '--profile=', history: '--profile=', 'diff-closures': '--profile=' }),
  registry: verbs(SHARED, { list: '' }),
  config: verbs(SHARED, { show: '..1', check: '' }),
  'show-config doctor': '',
  hash: verbs(SHARED, {
    'file path': '--type= --sri --base16 --base32 --base64 --format= --mode= ...',
    'to-sri to-base16 to-base32 to-base64 convert': '--type= --hash-algo= --from= --to= ...',
  }),
  nar: verbs(SHARED, { 'ls cat dump-path': '-lRr --long --recursive ...' }),
})

/**
 * `--roots`, `--print-roots`, `--print-live` and `--print-dead` are not among them: looking for roots, Nix removes links in gcroots/auto
 * whose target is not there, such as one on a disk that is not mounted. LocalStore::findRoots, Nix 2.26; seen.
 */
const STORE_QUESTIONS =
  '-qRduv --query --requisites --references --referrers --referrers-closure --deriver --outputs --hash --size --graph --tree --binding= -b: --resolve --include-outputs --use-output --valid-derivers --read-log -l --print-env --dump --export --verify-path --version ...'

const nixStore: Rule = options(
  STORE_QUESTIONS,
  needs('-q', '--query', '-l', '--read-log', '--print-env', '--dump', '--export', '--verify-path', '--version'),
)

export const NIX: Programs = {
  nix,
  'nix-store': nixStore,
  'nix-env': options(
    '-qsp: --query --installed --status --list-generations --profile= --json --out-path --description --no-name --system --version --compare-versions -c ...',
    needs('-q', '--query', '--list-generations', '--version'),
  ),
  'nix-channel': options('--list --list-generations --version', needs('--list', '--list-generations', '--version')),
  'nix-hash': options('--type= --flat --base32 --base16 --base64 --sri --to-base16 --to-base32 --to-sri ...'),
  'nixos-rebuild': verbs('', { 'list-generations': '--json' }),
  'nixos-container': verbs('', { list: '', 'status show-ip show-host-key': '..1' }),
  'nixos-generate-config': options('--show-hardware-config --no-filesystems --root=', needs('--show-hardware-config')),
}
