import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { askService } from '../../daemon/control/ask.js'
import type { Reply, Wish } from '../../daemon/control/messages.js'
import { serveControl } from '../../daemon/control/serve.js'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

const place = () => path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-control-')), 'control.sock')
const serve = async (file: string, grant: (wish: Wish) => Promise<Reply> = async () => ({ answer: 'done' })) => {
  endings.push(await serveControl(file, grant))
}

it('passes a wish on, and its answer back', async () => {
  const file = place()
  const heard: Wish[] = []
  await serve(file, async (wish) => {
    heard.push(wish)
    return { answer: 'opened', opened: { urls: ['http://10.0.0.1:8320/'], code: '12345678', codeSeconds: 300, seconds: 900 } }
  })
  expect(await askService(file, { ask: 'aim' })).toMatchObject({ answer: 'opened', opened: { code: '12345678' } })
  expect(heard).toEqual([{ ask: 'aim' }])
})

it('says that no service is there: no socket, or one that a killed service has left', async () => {
  const file = place()
  expect(await askService(file, { ask: 'aim' })).toBeNull()
  leaveBehind(file)
  expect(await askService(file, { ask: 'aim' })).toBeNull()
})

it('takes over a socket that a killed service has left', async () => {
  const file = place()
  leaveBehind(file)
  await serve(file)
  expect(await askService(file, { ask: 'aim-end' })).toEqual({ answer: 'done' })
})

it('leaves the socket of a service that lives to it', async () => {
  const file = place()
  await serve(file)
  await expect(serveControl(file, async () => ({ answer: 'done' }))).rejects.toThrow('EADDRINUSE')
  expect(await askService(file, { ask: 'aim-end' })).toEqual({ answer: 'done' })
})

it('is for its own user and root alone, and gone when it ends', async () => {
  const file = place()
  const end = await serveControl(file, async () => ({ answer: 'done' }))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await end()
  expect(existsSync(file)).toBe(false)
})

it('answers nonsense, and goes on', async () => {
  const file = place()
  await serve(file)
  for (const line of ['', 'no JSON', '{"ask":"mute"}', '[]']) expect(await sent(file, `${line}\n`)).toContain('bad-wish')
  expect(await sent(file, 'x'.repeat(100_000))).toBe('')
  expect(await askService(file, { ask: 'aim-end' })).toEqual({ answer: 'done' })
})

it('a fault of the service is an answer: what is wrong, with its code', async () => {
  const file = place()
  await serve(file, async () => {
    throw Object.assign(new Error('the port is taken'), { code: 'aim-port' })
  })
  expect(await askService(file, { ask: 'aim' })).toEqual({ answer: 'refused', code: 'aim-port', message: 'the port is taken' })
})

it('a service of another version is named as such', async () => {
  const file = place()
  const server = createServer((socket) => void socket.resume().end('HTTP/1.1 400\n'))
  await new Promise<void>((resolve) => server.listen(file, resolve))
  endings.push(() => new Promise((resolve) => server.close(() => resolve())))
  await expect(askService(file, { ask: 'aim' })).rejects.toMatchObject({
    code: 'no-answer',
    message: expect.stringContaining('of one version'),
  })
})

/** A process that listens and is killed. */
function leaveBehind(file: string): void {
  const dies = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', dies])
  if (!existsSync(file)) throw new Error('nothing was left behind')
}

const sent = (file: string, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(file, () => socket.write(text))
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
