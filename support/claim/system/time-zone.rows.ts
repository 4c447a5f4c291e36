import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Row, unknown } from '../rows/row.ts'

const BERLIN = `${'b'.repeat(64)}  -`
const UTC = `${'0'.repeat(64)}  -`
const LINK = '/usr/share/zoneinfo/Europe/Berlin'
const NO_RULES = { code: 3 }
const NO_SUCH_ZONE = { code: 4 }

const IS = 'the time zone is "Europe/Berlin"'
const row = (kind: Row[0], said: readonly Said[], outcome: Row[3], says = /^/): Row => [
  kind,
  IS,
  answered(said),
  outcome,
  says,
]

export const timeZoneRows: ClaimTable = {
  'the time zone is {time-zone}{tail}': {
    rows: [
      row('so', [LINK, BERLIN, BERLIN], 'holds'),
      row('so', ['/etc/localtime', BERLIN, BERLIN], 'holds'),
      ['so', 'the time zone is "UTC"', answered(['', UTC, UTC]), 'holds'],
      ['so', 'the time zone is "Zulu"', answered(['/etc/zoneinfo/Etc/UTC', UTC, UTC]), 'holds'],
      row(
        'not so',
        ['/etc/zoneinfo/UTC', UTC, BERLIN],
        'not met',
        /the time zone on box was not Europe\/Berlin[\s\S]*UTC/,
      ),
      row('not so', ['/etc/localtime', UTC, BERLIN], 'not met', /rules without a name, in \/etc\/localtime/),
      ['not so', 'the time zone is "UTC"', answered(['/etc/localtime', BERLIN, UTC]), 'not met'],
      [
        'not so',
        'the time zone is "Berlin, Europe"',
        answered([LINK, BERLIN, BERLIN]),
        'refused',
        /no name of a time zone/,
      ],
      ['not so', 'the time zone is "../../etc/passwd"', answered([LINK, BERLIN, BERLIN]), 'refused'],
      row('absent', [LINK, BERLIN, NO_SUCH_ZONE], 'not met', /the machine knows no zone Europe\/Berlin/),
      row('absent', ['', NO_RULES, NO_RULES], 'could not check', /no zoneinfo/),
      row('hostile', ['/etc/localtime', 'TZif', BERLIN], 'could not check', /something else than a sum/),
      row('unreadable', [LINK, { code: 1, out: '/etc/localtime leads nowhere' }, BERLIN], 'could not check', /nowhere/),
      row('unreadable', [LINK, { code: 1, out: 'leads nowhere' }, NO_SUCH_ZONE], 'could not check', /nowhere/),
      row('tool missing', [LINK, { code: 127 }, { code: 127 }], 'could not check', /no sha256sum/),
      ...unknown(IS, [LINK, BERLIN, BERLIN]),
    ],
  },
}
