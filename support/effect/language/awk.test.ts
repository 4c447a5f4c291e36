import assert from 'node:assert/strict'
import test from 'node:test'
import { awkOnlyPrints } from './awk.ts'

const PRINTS = [
  '{ print }',
  '/a/ { print $1 }',
  '/a\\/b/ { n++ }',
  '/[]\\/]/ { n++ }',
  '/[^]/]/ { n++ }',
  'NR > 1 { print $1, "a > b" }',
  '$1 > 3 { print }',
  '{ print }\n$1 > 3 { n++ }',
  '{ print } $1 > 3 { n++ }',
  '{ print; if ($1 > 3) n++ }',
  '{ printf "%s\\n", $1 }',
  'printer > 3 { n++ }',
  'footprint > 3 { n++ }',
  'x = $1 / 2 { print x / 3 }',
  '{ n = 10 / .5 / n++ / a[1] / "2" / (3) }',
  '{ print ($1 + $2) / 2 }',
  'BEGIN { FS = ":" } # a | b > c\n{ print }',
  '{ return /a/ }',
  '$1 ~ /a/ || $2 !~ /b/ && ! /c/ { print }',
  'BEGIN { print 1 \\\n }',
]
const ACTS = [
  '{ system("rm x") }',
  '{ "date" | getline }',
  '{ print > "file" }',
  '{ printf "x" >> "file" }',
  '{ print "x" | "sh" }',
  '{ print a, b > c }',
  '{ if (1) print > "f" }',
  '{ print }\n{ print > "f" }',
  '{ close("x") }',
  '@load "filefuncs"',
  '{ f = "sys"; @f() }',
  '{ PROCINFO["x"] = 1 }',
  'if (1) /a/ { print }',
  '{ print `x` }',
  '{ print "no end }',
]
for (const program of PRINTS) test(`awk only prints: ${program}`, () => assert.ok(awkOnlyPrints(program)))
for (const program of ACTS)
  test(`awk may act, or is not understood: ${program}`, () => assert.ok(!awkOnlyPrints(program)))
