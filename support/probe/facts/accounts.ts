import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { hashless, type Section, sorted } from './section.ts'

export const usersSection: Section = {
  name: 'users',
  tool: 'getent',
  command: sh`getent passwd`,
  parse: text =>
    sorted(
      lines(text)
        .map(line => line.split(':'))
        .filter(([, , uid = '']) => !isPassing(Number(uid)))
        .map(([name = '', , uid, gid, , home, shell = '']) => [
          name,
          hashless(`uid ${uid}, gid ${gid}, ${home}, ${shell}`),
        ]),
    ),
}

export const groupsSection: Section = {
  name: 'groups',
  tool: 'getent',
  command: sh`getent group`,
  parse: text =>
    sorted(
      lines(text)
        .map(line => line.split(':'))
        .filter(([, , gid = '']) => !isPassing(Number(gid)))
        .map(([name = '', , gid, members = '']) => [
          name,
          `gid ${gid}${members && `, ${members.split(',').sort().join(', ')}`}`,
        ]),
    ),
}

/** Users that services with DynamicUser= have while they run (systemd.io/UIDS-GIDS). */
const isPassing = (id: number): boolean => id >= 61184 && id <= 65519
