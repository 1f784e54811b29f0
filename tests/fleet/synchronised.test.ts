/** The clock as timesyncd tells it, and as timedatectl tells it of any other time service: a program of the test's stands for that. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askKernel, watchSynchronised } from '../../daemon/fleet/synchronised.js'
import { until } from './harness.js'

let folder: string
let program: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-synchronised-'))
  program = path.join(folder, 'timedatectl')
  file = path.join(folder, 'synchronized')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Says what is in a file beside it, and counts how often it was asked. */
const answering = (script: string) => {
  writeFileSync(program, `#!/bin/sh\n[ "$*" = "show --property=NTPSynchronized --value" ] || exit 3\n${script}\n`)
  chmodSync(program, 0o755)
}
const say = (answer: string) => writeFileSync(path.join(folder, 'answer'), answer)

describe('the clock of a board that another time service keeps (chrony)', () => {
  it('is right as soon as the kernel says so, and stays so', async () => {
    answering(`cat ${folder}/answer`)
    say('no\n')
    const clock = watchSynchronised({ file, program, everyMs: 20 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(clock.synced()).toBe(false)
    say('yes\n')
    await until(clock.synced, () => 'the kernel says yes, and is not heard')
    say('no\n')
    expect(clock.synced()).toBe(true)
    clock.close()
  })

  it('is not asked again once systemd-timesyncd has left its file', async () => {
    answering(`echo asked >> ${folder}/asks; echo no`)
    const clock = watchSynchronised({ file, program, everyMs: 20 })
    const asks = () => (existsSync(path.join(folder, 'asks')) ? readFileSync(path.join(folder, 'asks'), 'utf8').length : 0)
    await until(
      () => asks() > 0,
      () => 'it is never asked',
    )
    writeFileSync(file, '')
    expect(clock.synced()).toBe(true)
    // One that is under way may still be counted.
    await new Promise((resolve) => setTimeout(resolve, 100))
    const asked = asks()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asks()).toBe(asked)
    clock.close()
  })

  it.each([
    ['no service to ask (no D-Bus)', 'echo "Failed to connect to bus" >&2; exit 1', 'no'],
    ['an answer that is none', 'echo maybe', 'no'],
  ])('is not known to be right with %s', async (_, script, answer) => {
    answering(script)
    expect(await askKernel(program)).toBe(answer)
  })

  it('is not asked for again where there is no timedatectl', async () => {
    expect(await askKernel(program)).toBe('not-there')
  })
})

it('the file of systemd-timesyncd is heeded at once', () => {
  const clock = watchSynchronised({ file, program, everyMs: 60_000 })
  expect(clock.synced()).toBe(false)
  writeFileSync(file, '')
  expect(clock.synced()).toBe(true)
  clock.close()
})
