import assert from 'node:assert/strict'
import test from 'node:test'
import { sqlOnlyReads } from './sql.ts'

const READS = [
  'select 1',
  ' SELECT count(*) FROM t WHERE a IN (1, 2) ; ',
  'select 1;',
  "select 'a;b' from t",
  'show tables',
  'values (1)',
  'table t',
  'describe t',
  'explain select 1',
  'select * from (select a from t) x',
  'select a from t where exists (select 1) and (b or not (c))',
  '\\l',
  '\\l+',
  '\\dt public.*',
  '\\dS+',
  ' \\du ',
]
const ACTS = [
  'delete from t',
  'insert into t values (1)',
  'with x as (select 1) select 1',
  'selected',
  'select 1; select 2',
  'select * into t2 from t',
  "select 'x' into outfile '/tmp/x'",
  'select * from t for share',
  'select * from t for key share',
  'select * from t for no key update',
  'explain analyze select 1',
  'select pg_read_file(1)',
  'select Lo_Import (1)',
  "select 'it''s'",
  "select 'a\\'b'",
  'select "x"',
  'select `x`',
  'select $$x$$',
  'select @x',
  'select 1 -- x',
  'select 1 /* x */',
  'show x; drop table t',
  '\\! rm x',
  '\\copy t to x',
  '\\dt a b',
  '\\l; \\! rm',
]
for (const text of READS) test(`it only reads: ${text}`, () => assert.ok(sqlOnlyReads(text)))
for (const text of ACTS) test(`it may act, or is not understood: ${text}`, () => assert.ok(!sqlOnlyReads(text)))
