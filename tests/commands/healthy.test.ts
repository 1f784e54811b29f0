/** `kantukd healthy`, as Docker's health check calls it: the program in a process of its own, asking a real health server. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type Reading, serveHealth } from '../../daemon/health/http.js'
import { scratch, writeConfig } from './program.js'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const well = {
  ...{ fps: 15, latencyMs: 3.5, coverage: 0.9, memoryMb: 200, temperatureCelsius: null, outboxDepth: 0, evidence: 'off' as const },
  ...{ isWatching: true, isAdvancing: true, conditions: [] },
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** A daemon's health server. @returns its port */
async function daemon(reading: Partial<Reading> = {}): Promise<number> {
  const server = await serveHealth(0, () => ({ ...well, ...reading }))
  closing.push(() => server.close())
  return server.port
}

/** Some other program at the port. */
async function another(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server: Server = createServer(answer ?? (() => undefined))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

type Answer = { code: number | string | null; stdout: string; stderr: string }
/** Not spawnSync: the server that is asked lives in this process. */
const healthy = (file: string, state = scratch()): Promise<Answer> =>
  new Promise((resolve) => {
    const env = { ...process.env, STATE_DIRECTORY: state }
    execFile('node', [cli, 'healthy', '-c', file], { env }, (fault, stdout, stderr) =>
      resolve({ code: fault === null ? 0 : (fault.code ?? null), stdout, stderr }),
    )
  })
const at = (port: number | null) => writeConfig(scratch(), { health: { port } })

describe('healthy', () => {
  it('is 0 while the eyes give observations and the judgement advances, and says what stands', async () => {
    const file = at(await daemon({ conditions: ['hot', 'undervoltage'] }))
    expect(await healthy(file)).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'healthy: the eyes give observations; the judgement advances; what stands: hot, undervoltage\n',
    })
  })

  it.each([
    [
      { isWatching: false, conditions: ['eyes-unusable' as const] },
      'the eyes give no observations; the judgement advances; what stands: eyes-unusable',
    ],
    [{ isAdvancing: false }, 'the eyes give observations; the judgement stands still'],
  ])('is 1 where not: %o', async (reading, sentence) => {
    expect(await healthy(at(await daemon(reading)))).toEqual({ code: 1, stdout: `not healthy: ${sentence}\n`, stderr: '' })
  })

  it('is 1 where nothing answers', async () => {
    const port = await daemon()
    await closing.pop()?.()
    expect(await healthy(at(port))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(`^not healthy: nothing answers at 127.0.0.1:${port}: .*ECONNREFUSED.*\n$`),
    })
  })

  it('is 1 where health is switched off, and says how to switch it on', async () => {
    expect(await healthy(at(null))).toMatchObject({ code: 1, stdout: expect.stringContaining('health.port is not set') })
  })

  it('is 1 after five seconds where whoever listens says nothing, or does not come to an end', async () => {
    const silent = await another(() => undefined)
    const endless = await another((_request, response) => void response.writeHead(200).write('{'))
    const beganMs = performance.now()
    const answers = await Promise.all([silent, endless].map((port) => healthy(at(port))))
    expect(performance.now() - beganMs).toBeLessThan(10_000)
    for (const answer of answers) expect(answer).toMatchObject({ code: 1, stdout: expect.stringContaining('within 5 s') })
  }, 20_000)

  it.each(['well', '{"isWatching": true}'])('is 1 where another program has the port and answers %s', async (body) => {
    const port = await another((_request, response) => void response.end(body))
    expect(await healthy(at(port))).toMatchObject({ code: 1, stdout: expect.stringContaining("another program's port") })
  })
})

describe('healthy, with a broken configuration,', () => {
  it('asks by the last good one, and tells what is broken', async () => {
    const file = path.join(scratch(), 'kantukd.yaml')
    const state = scratch()
    writeFileSync(file, 'health: {prot: 9300}\n')
    writeFileSync(path.join(state, 'last-good.yaml'), `health: {port: ${await daemon()}}\n`)
    const { code, stdout, stderr } = await healthy(file, state)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^healthy: .*last good configuration/)])
    expect(stderr).toContain('prot')
  })

  it('is 1, the one code that Docker knows for it, where no last good one is kept', async () => {
    const { code, stdout, stderr } = await healthy(writeConfig(scratch(), { health: { port: 80 } }))
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^not healthy: the configuration cannot be used/)])
    expect(stderr).toContain('health.port')
  })
})
