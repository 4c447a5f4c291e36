/** Programs that read text and print it, chosen, sorted or rewritten. */
import { awkOnlyPrints } from '../language/awk.ts'
import { sedOnlyPrints } from '../language/sed.ts'
import { always, isChange, needs, options, parse, spec } from '../rule/options.ts'
import { each, type Programs, type Rule, unknownWord } from '../rule/rule.ts'
import { isSink, said } from '../rule/seen.ts'

const sed: Rule = (args, _context, name) => {
  const parsed = parse(
    args,
    spec(
      '-nErsuze: --quiet --silent --regexp-extended --expression= --separate --unbuffered --null-data --posix --sandbox ...',
    ),
    name,
  )
  if (isChange(parsed)) return parsed
  const scripts = parsed.options
    .filter(option => /^(-e|--expression)$/.test(option.name))
    .flatMap(({ value }) => value ?? [])
  const script = scripts.length > 0 ? scripts : parsed.operands.slice(0, 1)
  const wrong = script.find(({ text }) => text === undefined || !sedOnlyPrints(text))
  return wrong && unknownWord(wrong.raw, name)
}

const awk: Rule = (args, _context, name) => {
  const parsed = parse(args, spec('-F:v: --field-separator= --assign= --re-interval --posix'), name, true)
  if (isChange(parsed)) return parsed
  const [program] = parsed.operands
  return program?.text !== undefined && awkOnlyPrints(program.text)
    ? undefined
    : unknownWord(program?.raw ?? name, name)
}

/** A name like `host:file` is asked for over the network. */
const isLocal = (file: string): boolean => /^(?=.)[^:]*(\/|$)/.test(file)

const tar: Rule = (args, context, name) => {
  // the old way: letters without a dash
  const words = args.map((word, at) =>
    at === 0 && /^[a-zA-Z]+$/.test(word.text ?? '') && !/[fC]./.test(word.start)
      ? { ...word, text: `-${word.text}`, start: `-${word.start}`, operand: false }
      : word,
  )
  return options(
    '-tdvzjJaf:C: --list --diff --compare --verbose --gzip --xz --bzip2 --zstd --file= --directory= --wildcards --full-time --numeric-owner --strip-components= ...',
    parsed =>
      needs('-t', '--list', '-d', '--diff', '--compare')(parsed) ??
      parsed.options.find(option => /^(-f|--file)$/.test(option.name) && !isLocal(option.value?.start ?? ''))?.value
        ?.raw,
  )(words, context, name)
}

/** It takes words for letters: `-ps` is `-p`, and what stands behind it is a file. */
const xxd: Rule = (args, _context, name) => {
  const known = spec(
    'words first -a -autoskip -b -bits -e -E -EBCDIC -h -help -i -include -p -ps -plain -postscript -r -revert -u -v -d -l: -len: -s: -seek: -c: -cols: -g: -groupsize: -n: -name: -o: -offset: ..1',
  )
  const words = args.map(word => (/^-[lscgo][+-]?(0x)?[\da-fA-F]+$/.test(word.text ?? '') ? said('-a') : word))
  const parsed = parse(words, known, name)
  return isChange(parsed) ? parsed : undefined
}

/** To standard output; or to list or try, of which a later `-d` would make something else. */
const compressor = (known: string): Rule =>
  options(`${known} ...`, parsed => {
    const toOutput = needs('-c', '--stdout', '--to-stdout')(parsed)
    const tries = needs('-l', '-t', '--list', '--test')(parsed)
    if (toOutput === undefined) return undefined
    return tries ?? parsed.options.find(({ name }) => /^(-d|--decompress)$/.test(name))?.name
  })

export const TEXT: Programs = {
  ...each(
    `cat tac head tail wc nl cut paste tr fold expand unexpand fmt column comm join cmp diff look rev seq numfmt tsort factor expr
    grep egrep fgrep zgrep zegrep zfgrep strings od hexdump hd sum cksum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum
    base64 base32 basenc jq bc iconvlist pr readelf size c++filt dircolors`,
    always,
  ),
  ...each('awk gawk mawk nawk', awk),
  sed,
  sort: options(
    '-bdfghiMnRrVcCmsuzk:t:S: --key= --field-separator= --numeric-sort --reverse --unique --human-numeric-sort --version-sort --general-numeric-sort --ignore-case --check[= --stable --zero-terminated --parallel= --buffer-size= --month-sort --random-sort --ignore-leading-blanks --merge --dictionary-order ...',
  ),
  shuf: options('-en:i:zr --echo --head-count= --input-range= --zero-terminated --repeat ...'),
  uniq: options(
    '-cdDuizf:s:w: --count --repeated --unique --ignore-case --skip-fields= --skip-chars= --check-chars= --zero-terminated ..1',
  ),
  xxd,
  nm: options(
    '-aACDgnopruSvlBf:t: --defined-only --undefined-only --demangle[= --dynamic --extern-only --numeric-sort --size-sort --reverse-sort --print-size --no-sort --portability --format= --radix= ...',
    // a file of options
    ({ operands }) => operands.find(({ start }) => start.startsWith('@'))?.raw,
  ),
  iconv: options('-f:t:cls --from-code= --to-code= --list ...'),
  less: options('-FRSXNinrEem ..9', ({ operands }) => operands.find(({ start }) => start.startsWith('+'))?.raw),
  more: options('-dflcpsu ..9', ({ operands }) => operands.find(({ start }) => start.startsWith('+'))?.raw),
  rg: options(
    '-#icvnlLowFsSxHNqzaUPA:B:C:e:f:g:t:T:m:j:M:d: --hidden --no-ignore --files --count --json --color= --ignore-case --fixed-strings --files-with-matches --no-heading --line-number --only-matching --glob= --type= --max-count= --multiline --sort= ...',
  ),
  yq: options(
    '-reCMPNjo:p: --prettyPrint --exit-status --raw-output --output-format= --input-format= --unwrapScalar --colors --no-colors ...',
  ),
  xmllint: options('--noout --format --xpath= --valid --html --recover --nonet --version ...'),
  ...each('whatis apropos', options('...')),
  man: options('-kfw --where --apropos --whatis ..2', needs('-k', '-f', '-w', '--where', '--apropos', '--whatis')),
  tee: (args, _context, name) => {
    const parsed = parse(args, spec('-aip ...'), name)
    if (isChange(parsed)) return parsed
    const kept = parsed.operands.find(({ text }) => !isSink(text ?? ''))
    return kept && unknownWord(kept.raw, name)
  },
  tar,
  // what would be copied, on this machine; no `-e`, and no file of its own
  rsync: options(
    '-navrlptgoDucizhxHAXSk --dry-run --list-only --archive --verbose --recursive --links --perms --times --group --owner --delete --checksum --itemize-changes --stats --human-readable --one-file-system --hard-links --acls --xattrs --size-only --exclude= --include= --out-format= ...',
    parsed =>
      needs('-n', '--dry-run', '--list-only')(parsed) ??
      parsed.operands.find(({ start, many }) => many || !isLocal(start))?.raw,
  ),
  cpio: options(
    '-itvF: --list --quiet --verbose ...',
    parsed =>
      needs('-t', '--list')(parsed) ??
      parsed.options.find(({ name, value }) => name === '-F' && !isLocal(value?.start ?? ''))?.value?.raw,
  ),
  unzip: options('first -lvZtpqq ...', needs('-l', '-v', '-Z', '-t', '-p')),
  zipinfo: options('first -12smlvhMtTzZ ...'),
  ...each('gzip gunzip', compressor('-cdlkftqvrn# --stdout --to-stdout --list --test --decompress --quiet --verbose')),
  ...each('xz unxz', compressor('-cdltqkvT: --stdout --to-stdout --list --test --decompress --quiet --verbose')),
  ...each('zstd unzstd', compressor('-cdltqkvT: --stdout --list --test --decompress --quiet')),
  ...each('bzip2 bunzip2', compressor('-cdtqkv --stdout --test --decompress --quiet')),
  ...each('zcat xzcat bzcat zstdcat lz4cat', options('...')),
}
