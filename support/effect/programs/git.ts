/** git(1): of a repository's history and state, what prints it. `--output` and pagers of one's own are not among the options. */
import { isChange, options, type Parsed, parse, spec } from '../rule/options.ts'
import { type Programs, type Rule, unknownWord } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

const GLOBAL = spec(
  '-C:Pc: --no-pager --git-dir= --work-tree= --bare --no-optional-locks --no-replace-objects --literal-pathspecs --version',
)

const DIFF =
  '-#pusqwbzMCDRU:S:G:n:L:i --stat[= --shortstat --numstat --name-only --name-status --patch --no-patch --raw --unified= --minimal --patience --histogram --color[= --no-color --word-diff[= --color-words[= --check --exit-code --quiet --cached --staged --summary --dirstat[= --diff-filter= --no-renames --find-renames[= --find-copies[= --no-ext-diff --no-textconv --ignore-space-change --ignore-all-space --ignore-blank-lines --relative[= --text --binary --full-index --abbrev[= --submodule[= --pickaxe-regex --function-context --compact-summary --merge-base --no-prefix'
const LOG = `${DIFF} -gEFP --oneline --graph --decorate[= --no-decorate --all --branches[= --tags[= --remotes[= --format= --pretty[= --abbrev-commit --no-abbrev-commit --since= --until= --after= --before= --author= --committer= --grep= --invert-grep --all-match --reverse --follow --merges --no-merges --first-parent --max-count= --skip= --date= --relative-date --no-walk --source --topo-order --date-order --full-history --simplify-by-decoration --cherry --cherry-pick --left-right --left-only --right-only --notes[= --no-notes --walk-reflogs --parents --children --count --max-parents= --min-parents= --boundary --not --no-mailmap --extended-regexp --fixed-strings ...`

/** Names alone are listed; with operands, one of them would be made. */
const lists = (known: string, ...listing: readonly string[]): Rule =>
  options(`${known} ...`, ({ options, operands }: Parsed) =>
    operands.length === 0 || options.some(({ name }) => listing.includes(name)) ? undefined : operands[0]?.raw,
  )

const history = options(LOG)

const git = verbs('', {
  status:
    '-sbuz? --short --branch --porcelain[= --untracked-files[= --ignored[= --long --show-stash --ahead-behind --no-ahead-behind --no-renames ...',
  'log show whatchanged rev-list': LOG,
  shortlog: `${LOG} -sne --summary --numbered --email --group=`,
  reflog: (args, context, name) =>
    /^(expire|delete|drop|write)$/.test(args[0]?.text ?? '')
      ? unknownWord(args[0]?.raw ?? '', name)
      : history(args, context, name),
  'diff diff-tree diff-index diff-files': `${DIFF} -r --root --no-commit-id --no-index ...`,
  blame:
    '-#lstfepwMCL: --date= --porcelain --line-porcelain --root --abbrev= --show-name --show-number --show-email ...',
  grep: '-#nilLchHwvEFPIaA:B:C:e:f: --count --name-only --files-with-matches --line-number --ignore-case --word-regexp --cached --untracked --no-index --heading --break --color[= --and --or --not --all-match --max-depth= ...',
  'ls-files':
    '-cdmoistuvz --cached --deleted --modified --others --ignored --stage --unmerged --exclude-standard --full-name --error-unmatch --abbrev[= --eol ...',
  'ls-tree': '-drtlz --name-only --name-status --long --full-name --full-tree --abbrev[= --object-only --format= ...',
  'rev-parse':
    '-q --verify --quiet --short[= --abbrev-ref[= --symbolic --symbolic-full-name --show-toplevel --show-prefix --show-cdup --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --is-shallow-repository --show-superproject-working-tree --all --branches --tags ...',
  describe:
    '--all --tags --always --long --dirty[= --broken[= --abbrev= --match= --exclude= --exact-match --contains --first-parent --candidates= ...',
  'cat-file': '-tspe ...',
  'name-rev merge-base for-each-ref count-objects show-ref check-ignore var':
    '-avHqs --all --tags --name-only --is-ancestor --format= --count= --sort= --points-at= --merged[= --contains= --heads --hash[= --verify --verbose --octopus --fork-point ...',
  'symbolic-ref': '-q --short ..1',
  branch: lists(
    '-avrliq --all --remotes --list --show-current --contains[= --merged[= --no-merged[= --sort= --format= --verbose --color[= --no-color --points-at= --column[=',
    '-l',
    '--list',
    '--contains',
    '--merged',
    '--no-merged',
  ),
  tag: lists(
    '-ln? --list --sort= --format= --contains[= --merged[= --points-at= --column[=',
    '-l',
    '--list',
    '--contains',
    '--merged',
    '-n',
  ),
  remote: verbs('-v --verbose', { '': '', 'get-url': '--all --push ..1' }),
  config: options(
    '-lz --get --get-all --get-regexp --get-urlmatch --list --show-origin --show-scope --name-only --global --system --local --file= --type= --null --default= ...',
    ({ options }) => (options.some(({ name }) => /^(-l|--list|--get.*)$/.test(name)) ? undefined : 'config'),
  ),
  stash: verbs('', { list: LOG, show: LOG }),
  worktree: verbs('', { list: '-v --porcelain' }),
  submodule: verbs('', { status: '--cached --recursive ...' }),
  fsck: '-v --verbose --full --no-full --strict --connectivity-only --dangling --no-dangling --unreachable --root --tags --cache --no-reflogs --name-objects --progress --no-progress ...',
  version: '--build-options',
})

const gitRule: Rule = (args, context, name) => {
  const parsed = parse(args, GLOBAL, name, true)
  if (isChange(parsed)) return parsed
  const setting = parsed.options.find(
    option =>
      option.name === '-c' &&
      !/^(safe\.directory|color\.[a-z]+|core\.quotepath|log\.date)=/i.test(option.value?.start ?? ''),
  )
  if (setting) return unknownWord(`-c ${setting.value?.raw}`, name)
  return parsed.operands.length === 0 ? undefined : git(parsed.operands, context, name)
}

export const GIT: Programs = { git: gitRule }
