import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { isCameraAbsent, type Observation } from '../../daemon/observation.js'
import { startVisionHost, type VisionHost, type VisionOptions, type VisionTimes } from '../../daemon/vision/host.js'
import { spawnWorker } from '../../daemon/vision/spawn.js'
import type { VisionState } from '../../daemon/vision/state.js'

const child = (name: string) => fileURLToPath(new URL(`./children/${name}.mjs`, import.meta.url))

// Shorter than in a vehicle, so that the tests are; the proportions are the same.
const QUICK: Partial<VisionTimes> = {
  silenceMs: 400,
  absentAfterMs: 300,
  startSilenceMs: 4000,
  startMs: 15_000,
  backoffMs: 50,
  backoffMaxMs: 200,
  absentEveryMs: 20,
  closeMs: 200,
  stuckMs: 5000,
}

let host: VisionHost | null = null
afterEach(async () => {
  await host?.close()
  host = null
})

function start(name: string, times = QUICK, spawn?: VisionOptions['spawn']) {
  const states: VisionState[] = []
  const observations: Observation[] = []
  host = startVisionHost({
    config: defaultConfig(),
    workerFile: child(name),
    times,
    ...(spawn && { spawn }),
    onState: (state) => states.push(state),
    onObservation: (observation) => observations.push(observation),
  })
  const whys = () => states.flatMap((s) => (s.name === 'restarting' ? [s.why] : []))
  return { states, observations, whys, host }
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the vision host', () => {
  it('passes on what a steady child sees', async () => {
    const { observations, states } = start('steady')
    await eventually(() => expect(observations.filter((o) => !isCameraAbsent(o)).length).toBeGreaterThan(5))
    expect(states.map((s) => s.name)).toEqual(['starting', 'running'])
  })

  it('offers the child to the kernel before itself, should memory run out', async () => {
    const { states, host: started } = start('steady')
    await eventually(() => expect(states.at(-1)?.name).toBe('running'))
    const score = (pid: number | 'self' | null) => Number(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8'))
    expect(score(started.pid)).toBe(500)
    expect(score('self')).toBeLessThan(500)
  })

  it('starts a child that dies of SIGSEGV again, says why, and observations are back', async () => {
    const { observations, states, whys } = start('crashes')
    await eventually(() => expect(states.filter((s) => s.name === 'running').length).toBeGreaterThanOrEqual(2))
    expect(whys()[0]).toBe('the vision process was killed by SIGSEGV')
    const seenAgain = () => observations.slice(observations.findLastIndex(isCameraAbsent)).length
    await eventually(() => expect(seenAgain()).toBeGreaterThan(1))
  })

  it('kills a child that hangs, within the silence allowed, and starts it again', async () => {
    const { states, whys } = start('hangs')
    await eventually(() => expect(states.filter((s) => s.name === 'running').length).toBeGreaterThanOrEqual(2))
    expect(whys()[0]).toMatch(/no observation for 0\.[4-9] s/)
  })

  it('says "no camera" itself while there is no vision, in times that only go forward', async () => {
    const { observations } = start('refuses')
    await eventually(() => expect(observations.filter(isCameraAbsent).length).toBeGreaterThan(10))
    const times = observations.map((o) => o.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('tells the reason that the child gave, and waits longer before each restart', async () => {
    const { states, whys } = start('refuses')
    await eventually(() => expect(whys().length).toBeGreaterThanOrEqual(4))
    expect(whys()[0]).toContain('/dev/video7 does not exist')
    const pauses = states.flatMap((s) => (s.name === 'restarting' ? [s.inMs] : []))
    expect(pauses.slice(0, 4)).toEqual([50, 100, 200, 200])
  })

  it('gives up a child that never gets ready and gives no sign', async () => {
    const { whys } = start('silent', { ...QUICK, startSilenceMs: 500 })
    await eventually(() => expect(whys()[0]).toMatch(/no sign for \d\.\d s while starting its program/))
  })

  it('kills a child that hangs while it starts, long before a whole start is over, and says in what', async () => {
    const { whys } = start('halts', { ...QUICK, startSilenceMs: 1500, startMs: 60_000 })
    await eventually(() => expect(whys()[0]).toMatch(/no sign for \d\.\d s while opening the camera/))
  })

  it('waits for a child that starts slowly and says that it goes on', async () => {
    const { states } = start('slow', { ...QUICK, startSilenceMs: 1500 })
    await eventually(() => expect(states.map((s) => s.name)).toEqual(['starting', 'running']))
  })

  it('gives up a child that says that it goes on and never gets ready', async () => {
    const { whys } = start('dawdles', { ...QUICK, startMs: 3000 })
    await eventually(() => expect(whys()[0]).toContain('did not get ready within 3 s'))
  })

  it('gives up a child that sends what is none of the protocol’s', async () => {
    const { whys } = start('babbles')
    await eventually(() => expect(whys()[0]).toContain('none of the protocol'))
  })

  it.each(['steady', 'stubborn', 'hangs'])('leaves nothing behind when closed: %s', async (name) => {
    const { states, host: started } = start(name)
    await eventually(() => expect(states.some((s) => s.name === 'running')).toBe(true))
    const { pid } = started
    expect(pid).not.toBeNull()
    await started.close()
    host = null
    expect(pid !== null && isAlive(pid)).toBe(false)
    expect(states.at(-1)?.name).toBe('stopped')
  })
})

describe('a child that a driver holds, so that no kill reaches it', () => {
  const SOON = { ...QUICK, stuckMs: 300 }
  /** The first so many are of that kind, until they are let go. */
  const holding = (count: number) => {
    const held: ChildProcess[] = []
    const letGo = () => {
      for (const { pid } of held.splice(0)) if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
    }
    const spawn = (file: string) => {
      const born = spawnWorker(file)
      if (held.length < count) {
        held.push(born)
        born.kill = () => true
      }
      return born
    }
    return { held, letGo, spawn }
  }

  it('is given up soon after, with a code of its own, and another watches in its place', async () => {
    const { letGo, spawn } = holding(1)
    const { states, observations } = start('hangs', SOON, spawn)
    const down = () => states.find((s) => s.name === 'restarting')
    await eventually(() => expect(down()).toBeDefined())
    expect(down()).toMatchObject({
      code: 'vision-stuck',
      why: expect.stringMatching(/no observation for .* killed and does not end/),
    })
    const before = observations.length
    await eventually(() => expect(observations.slice(before).some((o) => !isCameraAbsent(o))).toBe(true))
    letGo()
  })

  it('is not followed by a third while two are held, and by another as soon as one has ended', async () => {
    const { held, letGo, spawn } = holding(2)
    const { states, whys } = start('hangs', SOON, spawn)
    await eventually(() => expect(whys().at(-1)).toContain('no other is begun until one has'))
    expect(held.map(({ pid }) => pid !== undefined && isAlive(pid))).toEqual([true, true])
    const before = states.filter((s) => s.name === 'running').length
    letGo()
    await eventually(() => expect(states.filter((s) => s.name === 'running').length).toBeGreaterThan(before))
  })

  it('holds up neither the end nor other settings', async () => {
    const { letGo, spawn } = holding(2)
    const { states, host: started } = start('stubborn', SOON, spawn)
    await eventually(() => expect(states.at(-1)?.name).toBe('running'))
    await started.exchange({ ...defaultConfig(), camera: { ...defaultConfig().camera, fps: 20 } })
    expect(states.at(-1)?.name).toBe('running')
    const begunMs = performance.now()
    await started.close()
    host = null
    expect(performance.now() - begunMs).toBeLessThan(1500)
    expect(states.at(-1)?.name).toBe('stopped')
    letGo()
  })
})

describe('other settings', () => {
  const camera = (device: string) => ({ ...defaultConfig(), camera: { ...defaultConfig().camera, device } })
  const running = (states: readonly VisionState[]) => states.filter(({ name }) => name === 'running').length

  it.each(['steady', 'stubborn'])('are taken by a new child, when the one before is gone: %s', async (name) => {
    const { states, host: started } = start(name)
    await eventually(() => expect(running(states)).toBe(1))
    const { pid } = started
    await started.exchange(camera('/dev/video7'))
    expect(pid !== null && isAlive(pid)).toBe(false)
    expect(started.pid).not.toBe(pid)
    expect(states.map((state) => state.name)).toEqual(['starting', 'running', 'starting', 'running'])
  })

  it('that are the same change nothing', async () => {
    const { states, host: started } = start('steady')
    await eventually(() => expect(running(states)).toBe(1))
    const { pid } = started
    await started.exchange({ ...defaultConfig() })
    expect(started.pid).toBe(pid)
  })

  it('with which nothing is seen any more are said to be so, and those before can be had again', async () => {
    const { states, host: started } = start('picky')
    await eventually(() => expect(running(states)).toBe(1))
    await expect(started.exchange(camera('/dev/video7'))).rejects.toThrow('/dev/video7 does not exist')
    await started.exchange(defaultConfig())
    await eventually(() => expect(running(states)).toBe(2))
  })

  it('are waited for by nobody where nothing was seen before', async () => {
    const { whys, host: started } = start('refuses')
    await eventually(() => expect(whys().length).toBeGreaterThan(0))
    await started.exchange(camera('/dev/video7'))
  })

  it('are no more taken once all is closed', async () => {
    const { states, host: started } = start('steady')
    await eventually(() => expect(running(states)).toBe(1))
    const exchanged = started.exchange(camera('/dev/video7'))
    await started.close()
    await exchanged
    expect([started.pid, states.at(-1)?.name]).toEqual([null, 'stopped'])
  })
})
