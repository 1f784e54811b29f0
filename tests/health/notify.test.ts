import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNotifier } from '../../daemon/health/notify.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kantukd-notify-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A systemd-notify of the test's own, first in the PATH: it notes its arguments and then does what `body` says. */
const fake = (body = ''): NodeJS.ProcessEnv => {
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\nprintf '%s|' "$@" >>${folder}/said\necho >>${folder}/said\n${body}\n`)
  chmodSync(join(folder, 'systemd-notify'), 0o755)
  return { PATH: `${folder}:${process.env.PATH}`, NOTIFY_SOCKET: join(folder, 'socket') }
}
const said = (): string[] => (existsSync(join(folder, 'said')) ? readFileSync(join(folder, 'said'), 'utf8').trim().split('\n') : [])

describe('telling systemd', () => {
  it('is nothing at all where systemd did not start us', async () => {
    const { NOTIFY_SOCKET: _, ...env } = fake()
    const faults: string[] = []
    const notifier = createNotifier({ onFault: (message) => faults.push(message), env: { ...env, WATCHDOG_USEC: '10000000' } })
    notifier.ready()
    notifier.status('well')
    notifier.watchdog()
    notifier.stopping()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect([said(), faults]).toEqual([[], []])
  })

  it('says one thing at a time; what comes meanwhile goes together, the newest of each kind', async () => {
    const notifier = createNotifier({
      onFault: (message) => expect.unreachable(message),
      env: { ...fake('sleep 0.3'), WATCHDOG_USEC: '10000000' },
    })
    notifier.ready()
    notifier.status('the camera starts')
    notifier.watchdog()
    notifier.status('the camera\nis there')
    await vi.waitFor(() => expect(said()).toEqual(['READY=1|', 'STATUS=the camera is there|WATCHDOG=1|']), 3000)
  })

  it('says that it is stopping', async () => {
    createNotifier({ onFault: (message) => expect.unreachable(message), env: fake() }).stopping()
    await vi.waitFor(() => expect(said()).toEqual(['STOPPING=1|']), 3000)
  })

  it('gives up what a systemd that does not read holds up, says that it is stopping, and no more', async () => {
    const notifier = createNotifier({ onFault: () => undefined, env: fake('exec sleep 60') })
    notifier.ready()
    notifier.status('well')
    await vi.waitFor(() => expect(said()).toEqual(['READY=1|']), 3000)
    const beganMs = performance.now()
    notifier.stopping()
    notifier.status('gone')
    await vi.waitFor(() => expect(said().slice(1)).toEqual(['STATUS=well|STOPPING=1|']), 3000)
    const running = () => spawnSync('pgrep', ['-f', `systemd-notify STATUS=well`], { encoding: 'utf8' }).stdout
    await vi.waitFor(() => expect(running()).toBe(''), 3000)
    expect(performance.now() - beganMs).toBeLessThan(2000)
  })

  it('tells a fault once, goes on, and tells it again after it had gone', async () => {
    const faults: string[] = []
    const env = fake(`[ ! -e ${folder}/broken ] || { echo 'no such socket' >&2; exit 1; }`)
    const notifier = createNotifier({ onFault: (message) => faults.push(message), env })
    for (const [round, broken] of [true, true, false, true].entries()) {
      if (broken) writeFileSync(join(folder, 'broken'), '')
      else rmSync(join(folder, 'broken'))
      notifier.ready()
      await vi.waitFor(() => expect(said()).toHaveLength(round + 1), 3000)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(faults).toEqual(Array(2).fill('systemd cannot be told how the service is: no such socket'))
  })

  it('says so where there is no systemd-notify', async () => {
    const faults: string[] = []
    createNotifier({ onFault: (message) => faults.push(message), env: { PATH: folder, NOTIFY_SOCKET: '/x' } }).ready()
    await vi.waitFor(() => expect(faults).toEqual([expect.stringContaining('ENOENT')]), 3000)
  })

  it.each<[string, NodeJS.ProcessEnv, number, number]>([
    [
      'its interval, and feeds it, where systemd watches this process',
      { WATCHDOG_USEC: '3000000', WATCHDOG_PID: String(process.pid) },
      3000,
      1,
    ],
    ['the default, and feeds nothing, where it watches another', { WATCHDOG_USEC: '3000000', WATCHDOG_PID: '1' }, 10_000, 0],
    ['the default, and feeds nothing, where it does not watch', {}, 10_000, 0],
    ['the default, and feeds nothing, where the interval is no number', { WATCHDOG_USEC: 'often' }, 10_000, 0],
  ])('the watchdog has %s', async (_, env, watchdogMs, feeds) => {
    const notifier = createNotifier({ onFault: (message) => expect.unreachable(message), env: { ...fake(), ...env } })
    notifier.watchdog()
    await vi.waitFor(() => expect(said().length).toBeGreaterThanOrEqual(feeds), 3000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect([notifier.watchdogMs, said().length]).toEqual([watchdogMs, feeds])
  })
})

// Perl is on every Debian, and can open the datagram socket that Node cannot.
const LISTEN =
  '$|=1; use Socket; socket(S,PF_UNIX,SOCK_DGRAM,0); bind(S,pack_sockaddr_un($ARGV[0])) or die $!; print "up\\n"; while (1) { recv(S,$b,4096,0); print "$b\\n" }'

it("arrives at a real socket through systemd's own program", async ({ skip }) => {
  if (spawnSync('systemd-notify', ['--version']).status !== 0) skip('there is no systemd-notify here')
  const socket = join(folder, 'socket')
  const listener = spawn('perl', ['-e', LISTEN, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  let heard = ''
  listener.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text))
  try {
    await vi.waitFor(() => expect(heard).toBe('up\n'), 5000)
    const notifier = createNotifier({
      onFault: (message) => expect.unreachable(message),
      env: { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '10000000', WATCHDOG_PID: String(process.pid) },
    })
    notifier.ready()
    notifier.status('the eyes are seen')
    notifier.watchdog()
    await vi.waitFor(() => expect(heard).toMatch(/READY=1\n(.*\n)*STATUS=the eyes are seen\nWATCHDOG=1\n/), 5000)
  } finally {
    listener.kill()
  }
})
