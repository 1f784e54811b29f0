/** The unit, as far as it can be tried without a systemd that runs: its own checkers, and the system calls of the real daemon. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { monotonicMs } from '../../daemon/monotonic.js'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { childrenOf } from '../gpio/keepers.js'
import { allowedCalls } from './calls.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const unit = readFileSync(join(root, 'systemd/kantukd.service'), 'utf8')
const addition = readFileSync(join(root, 'systemd/jetson.conf'), 'utf8')
/** As systemd reads both on a Jetson. */
const onJetson = unit.replace('[Install]', () => `${addition.replace('[Service]', '')}[Install]`)
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

  it.each([
    ['a Pi', unit],
    ['a Jetson', onJetson],
  ])('takes what the service may do on %s for no more than 2.0, devices by a list', (_, text) => {
    const file = unitFile('exposed.service', text)
    const { stdout } = analyze('security', '--offline=true', '--no-pager', file)
    const exposure = Number(/Overall exposure level for exposed\.service: ([\d.]+)/.exec(stdout)?.[1])
    expect(exposure).toBeLessThanOrEqual(2)
    expect(stdout).toContain('Service has a device ACL with some special devices')
  })

  it('reads the addition for a Jetson', () => {
    const { status, stdout, stderr } = analyze('verify', unitFile('jetson.service', onJetson))
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
    expect(values('ExecReload')).toEqual(["/bin/sh -c 'kill -HUP $MAINPID'"])
  })

  it('kills a daemon that stands still, and switches its outputs off', () => {
    expect(values('WatchdogSec')).toEqual(['10'])
    // Keepers get what the daemon gets, and heed nothing that can be refused: tests/gpio/contract.ts, tests/alarm/namespace.
    expect(values('KillMode')).toEqual(['control-group'])
    expect(values('RuntimeDirectory')).toEqual(['kantukd'])
    expect(values('ExecStopPost')).toEqual(['-/usr/bin/kantukd outputs-off -c /etc/kantukd/kantukd.yaml'])
  })
})

describe('on a Jetson', () => {
  const nodes = ['nvmap', 'host1x-fence']
  /** The command that looks for the nodes of NVIDIA's, in a folder in place of /dev, so long after the boot. */
  const look = (dev: string, uptimeSeconds: number) => {
    const command = /^ExecStartPre=\/bin\/sh -c '(.*)'$/m.exec(addition)?.[1] ?? 'exit 9'
    const uptime = join(dev, 'uptime')
    writeFileSync(uptime, `${uptimeSeconds}.25 9.00\n`)
    // systemd.service(5): a doubled $ or % stands for one.
    const script = command.replaceAll('$$', '$').replaceAll('%%', '%').replaceAll('/dev/', `${dev}/`).replace('/proc/uptime', uptime)
    return spawn('/bin/sh', ['-c', script], { stdio: 'inherit' })
  }
  const put = (dev: string) => {
    for (const node of nodes) symlinkSync('/dev/null', join(dev, node))
  }
  const dev = () => mkdtempSync(join(tmpdir(), 'kantukd-dev-'))

  it('the service starts at once where its devices are there, and where none will come', async () => {
    const [there, never] = [dev(), dev()]
    put(there)
    const beganMs = monotonicMs()
    expect(await Promise.all([once(look(there, 5), 'exit'), once(look(never, 60), 'exit')])).toEqual([
      [0, null],
      [0, null],
    ])
    expect(monotonicMs() - beganMs).toBeLessThan(900)
  })

  it('is begun once more when they come late, since it may use only what was there', async () => {
    const late = dev()
    const looking = look(late, 20)
    const ended = once(looking, 'exit')
    // It has looked once when it sleeps.
    await until(
      () => childrenOf(looking.pid ?? 0).length > 0,
      () => 'it does not wait',
    )
    put(late)
    expect(await ended).toEqual([1, null])
  })

  it("reaches the camera service through a link, the machine's /tmp under another name", () => {
    const [, source, target] = /^BindReadOnlyPaths=(\S+):(\S+)$/m.exec(addition) ?? []
    const [, to, link] = /^ExecStartPre=-\/bin\/ln -sfn (\S+) (\S+)$/m.exec(addition) ?? []
    expect([source, link, to]).toEqual(['/tmp', '/tmp/argus_socket', `${target}/argus_socket`])
  })
})
