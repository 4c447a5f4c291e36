import assert from 'node:assert/strict'
import test from 'node:test'
import { sceneOf } from './login.ts'

for (const [text, scene] of [
  ['\n<<< Welcome to NixOS >>>\n\nt14 login: ', 'login'],
  ['t14 login: root\nPassword: ', 'password'],
  ['Last login: Sun Nov 22 18:30:00\n\n[root@t14:~]# ', 'prompt'],
  ['simon@t14 ~> ', 'prompt'],
  ['Please enter passphrase for disk cryptroot: ', 'passphrase'],
  ['Please enter LUKS2 token PIN: ', 'passphrase'],
  ['Please enter the first key: of two keys, each in a line: ', 'passphrase'],
  ['Please enter a keyword: ', 'elsewhere'],
  ['The password: it is kept. Name: ', 'elsewhere'],
  ['[    3.1] random: crng init done\n', 'elsewhere'],
  ['Last login: Sun Nov 22 18:30:00\n', 'elsewhere'],
  ['', 'elsewhere'],
] as const)
  test(`${JSON.stringify(text.slice(-40))} is ${scene}`, () => assert.equal(sceneOf(text), scene))
