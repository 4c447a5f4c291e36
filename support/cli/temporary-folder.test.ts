import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import test from 'node:test'
import { EnvironmentBroken } from '../core/errors.ts'
import { checkTemporaryFolder } from './temporary-folder.ts'

test('a folder for temporary files is there, or it is told before anything is done', () => {
  checkTemporaryFolder('run', tmpdir())
  for (const folder of ['/nonexistent/tmp', '/dev/null'])
    assert.throws(
      () => checkTemporaryFolder('run', folder),
      (error: Error) => {
        assert.ok(error instanceof EnvironmentBroken)
        assert.match(
          error.message,
          new RegExp(`^There is no folder for temporary files\\n\\n +Expected[\\s\\S]*Got +${folder} `),
        )
        return true
      },
    )
  checkTemporaryFolder('compare', '/nonexistent/tmp')
})
