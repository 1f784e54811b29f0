/** The unit, as far as it can be tried without a systemd that runs: its own checkers, and the system calls of the real daemon. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { allowedCalls } from './calls.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const unit = readFileSync(join(root, 'systemd/kantukd.service'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'kantukd-unit-'))

/** The command is not installed here: the checkers are told of one that is. */
const unitFile = (name: string, text = unit): string => {
  const file = join(folder, name)
  writeFileSync(file, text.replaceAll('/usr/bin/kantukd', '/bin/true'))
  return file
}
const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
const values = (key: string): string[] => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map((match) => match[1] ?? '')

describe.skipIf(analyze('--version').status !== 0)('systemd', () => {
  it('finds no fault with the unit', () => {
    const { status, stdout, stderr } = analyze('verify', unitFile('kantukd.service'))
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' })
  })

  it('takes what the service may do for no more than 2.0', () => {
    const { stdout } = analyze('security', '--offline=true', '--no-pager', unitFile('kantukd.service'))
    const exposure = Number(/Overall exposure level for kantukd\.service: ([\d.]+)/.exec(stdout)?.[1])
    expect(exposure).toBeLessThanOrEqual(2)
  })

  it('reads the addition for a Jetson', () => {
    const addition = readFileSync(join(root, 'systemd/jetson.conf'), 'utf8').replace('[Service]', '')
    const { status, stdout, stderr } = analyze('verify', unitFile('jetson.service', unit.replace('[Install]', `${addition}[Install]`)))
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' })
  })

  it.skipIf(!existsSync('/usr/bin/strace'))(
    'lets the daemon do what it must: what it refuses is done without',
    { timeout: 180_000 },
    () => {
      const config = join(folder, 'kantukd.yaml')
      const counts = join(folder, 'calls')
      writeFileSync(
        config,
        `camera: {kind: file, file: {path: ${drawnDriver}, realtime: false}}\nalarm: {output: console}\nstate: {dir: ${folder}}\n`,
      )
      const run = (...tracing: string[]) => {
        const program = [process.execPath, join(root, 'dist/cli.js'), 'run', '--simulated', '-c', config]
        return spawnSync('strace', ['--follow-forks', '--summary-only', `--output=${counts}`, ...tracing, ...program], {
          encoding: 'utf8',
          timeout: 60_000,
        })
      }
      expect(run().status).toBe(0)
      const called = [...readFileSync(counts, 'utf8').matchAll(/^\s*[\d.]+\s.*\s(\w+)$/gm)].map((match) => match[1] ?? '')
      const calls = called.filter((name) => name !== 'total')
      expect(calls.length).toBeGreaterThan(40)
      const allowed = allowedCalls(values('SystemCallFilter'))
      const refused = calls.filter((call) => !allowed.has(call))
      // setpriv's, SQLite's as root, a mathematical library's on machines of several memory nodes.
      expect(['capset', 'fchown', 'set_mempolicy']).toEqual(expect.arrayContaining(refused))
      const { status, stderr } = run(`--inject=${refused.join(',')}:error=EPERM`)
      expect(status, stderr).toBe(0)
      expect(stderr).toMatch(/BUZZER on[\s\S]*sleep \(level 3/)
    },
  )
})

describe('the unit', () => {
  it('never gives up: it is started again for ever, and waits for no network', () => {
    expect([values('Restart'), values('StartLimitIntervalSec')]).toEqual([['always'], ['0']])
    expect(unit).not.toMatch(/^(After|Wants|Requires)=/m)
  })

  it('outlives a vision process that the kernel ends for want of memory', () => {
    expect(values('OOMPolicy')).toEqual(['continue'])
  })

  it('is asked by a reload to read its configuration anew', () => {
    expect(values('ExecReload')).toEqual(['/bin/kill -HUP $MAINPID'])
  })

  it('kills a daemon that stands still, and switches its outputs off', () => {
    expect(values('WatchdogSec')).toEqual(['10'])
    // Keepers get what the daemon gets, and heed nothing that can be refused: tests/gpio/contract.ts, tests/alarm/namespace.
    expect(values('KillMode')).toEqual(['control-group'])
    expect(values('RuntimeDirectory')).toEqual(['kantukd'])
    expect(values('ExecStopPost')).toEqual(['-/usr/bin/kantukd outputs-off -c /etc/kantukd/kantukd.yaml'])
  })
})
