import assert from 'node:assert/strict'
import test from 'node:test'
import { normalize } from './normalize.ts'

const HASH = 'b'.repeat(32)

/** What changes from run to run, and what is left of it. */
for (const [text, plain] of [
  ['id 0b5c7f9e-12ab-4cde-8f01-23456789ABCD.', 'id UUID.'],
  ['0b5c7f9e-12ab-4cde-8f01-23456789abc', '0b5c7f9e-12ab-4cde-8f01-23456789abc'],
  [`/nix/store/${HASH}-nginx-1.27/bin`, '/nix/store/HASH-nginx-1.27/bin'],
  ['at 2026-05-01T03:30 sharp', 'at TIME sharp'],
  ['at 2026-05-01 03:30:59.123Z sharp', 'at TIME sharp'],
  ['at 2026-05-01T03:30:59,5+02:00 sharp', 'at TIME sharp'],
  ['at 2026-05-01T03:30:59-0730 sharp', 'at TIME sharp'],
  ['on 2026-05-01 it was', 'on 2026-05-01 it was'],
  ['May  1 03:30:59 web', 'TIME web'],
  ['Oct 31 13:30:59 web', 'TIME web'],
  ['Smarch 31 13:30:59', 'Smarch 31 TIME'],
  ['up 03:30:59.5 long', 'up TIME long'],
  ['took 3 s', 'took DURATION'],
  ['took 1.5 ms', 'took DURATION'],
  ['took 2 min 30 s', 'took DURATION'],
  ['took 12 h 10 min', 'took DURATION'],
  ['3 servers', '3 servers'],
  ['nginx[812]: bind', 'nginx[PID]: bind'],
  ['a[812] = 1', 'a[812] = 1'],
  ['pid 812, PID 9, process 77', 'pid PID, PID PID, process PID'],
  ['stupid 812', 'stupid 812'],
  ['localhost:32768 localhost:40001 localhost:65535', 'localhost:PORT localhost:PORT localhost:PORT'],
  ['localhost:32899 localhost:32779 localhost:32999', 'localhost:PORT localhost:PORT localhost:PORT'],
  ['localhost:32767 localhost:8080 localhost:443', 'localhost:32767 localhost:8080 localhost:443'],
  ['after 1 look, 12 looks', 'after LOOKS, LOOKS'],
] as const)
  test(`"${text}" reads "${plain}"`, () => assert.equal(normalize(text), plain))

test('a machine is any machine by its whole name only, whatever signs are in it', () => {
  assert.equal(
    normalize('web1 on web1: web10, my-web1, web1-old', 'web1'),
    'MACHINE on MACHINE: web10, my-web1, web1-old',
  )
  assert.equal(normalize('http://web1:80/ a.web1', 'web1'), 'http://MACHINE:80/ a.web1')
  assert.equal(normalize('w.b wxb', 'w.b'), 'MACHINE wxb')
  assert.equal(normalize('web1'), 'web1')
})
