/** The page as a technician sees it: the real daemon on the drawn driver, in Debian's Chromium. Screenshots are left in .cache/aim. */
import { mkdirSync } from 'node:fs'
import { get } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, type BrowserServer, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { twoFreePorts } from '../../scripts/lab/free-port.js'
import { kantukd, type Running, scratch, start, writeConfig } from '../commands/program.js'
import { drawnDriver } from '../drawn-driver.js'
import { listeningPorts } from './listening.js'

const CHROMIUM = '/usr/bin/chromium'
const SCREENSHOTS = fileURLToPath(new URL('../../.cache/aim/', import.meta.url))
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'id-ID' }
/** The narrowest that is still sold. */
const SMALL_PHONE = { ...PHONE, viewport: { width: 320, height: 568 } }
const DESKTOP = { viewport: { width: 1280, height: 900 }, locale: 'en-US' }

let daemon: Running
let config: string
let aimPort: number
let healthPort: number
let server: BrowserServer
let browser: Browser
let context: BrowserContext | null = null

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const folder = scratch()
  ;[aimPort, healthPort] = await twoFreePorts()
  config = writeConfig(folder, {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    locate: { driverSide: 'left' },
    alarm: { output: 'console' },
    fleet: { url: 'mqtt://127.0.0.1:1' },
    state: { dir: folder },
    aim: { address: '127.0.0.1', port: aimPort },
    health: { port: healthPort },
    log: { format: 'json' },
  })
  daemon = start(['run', '-c', config, '--simulated'])
  await daemon.says(/Watching /)
  server = await chromium.launchServer({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  browser = await chromium.connect(server.wsEndpoint())
})
afterEach(async () => {
  await context?.close()
  context = null
})
afterAll(async () => {
  await server?.kill()
  daemon?.kill('SIGKILL')
})

/** What the technician types, and what it prints. */
function askForCode(): { urls: string[]; code: string } {
  const { code, stdout, stderr } = kantukd(['aim', '-c', config, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

/** A browser at the entrance, and what went wrong in it. */
async function browse(options: typeof PHONE | typeof SMALL_PHONE | typeof DESKTOP) {
  const { urls, code } = askForCode()
  context = await browser.newContext(options)
  const page = await context.newPage()
  const faults: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', (fault) => faults.push(fault.message))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  await page.goto(urls[0] ?? '')
  return { page, code, faults, hosts }
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.fill('#code', code)
  await page.click('form button')
}

/** Words and ground of the banner at one moment when the eyes are called so: a blink is over before a second look. */
async function banner(page: Page, eyes: 'open' | 'closed'): Promise<string[]> {
  const look = (state: string) => {
    const shown = document.querySelector(`#eyes.${state}`)
    return shown === null ? null : [shown.textContent ?? '', getComputedStyle(shown).backgroundColor]
  }
  const found = await page.waitForFunction(look, eyes, { timeout: 30_000 })
  return (await found.jsonValue()) ?? []
}

/** Waits until the daemon counts so many viewers, as it last said. */
const countsViewers = (viewers: number, withinMs: number) =>
  vi.waitFor(() => expect([...daemon.log().matchAll(/has (\d+) viewers?\./g)].at(-1)?.[1]).toBe(String(viewers)), { timeout: withinMs })

/** How many different colours a canvas shows: one, while nothing is drawn. */
const coloursOf = (page: Page, canvas: string): Promise<number> =>
  page.$eval(canvas, (element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas')
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] }
    const colours = new Set<number>()
    for (let at = 0; at < data.length; at += 4) colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    return colours.size
  })

/** Frames judged a second over the last ten, as /metrics tells. */
async function framesPerSecond(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text()
  return Number(/^kantukd_frames_per_second (\S+)$/m.exec(text)?.[1])
}

it('is not there until somebody asks for it', () => {
  expect(listeningPorts(daemon.pid)).toEqual([healthPort])
})

it('on a phone in Indonesian: a wrong code is refused, then the eyes are seen open and closed, and everything fits', async () => {
  const { page, code, faults, hosts } = await browse(PHONE)
  await typeCode(page, '0000 0000')
  expect(await page.textContent('.refused')).toContain('Kode ini salah.')
  await typeCode(page, `${code.slice(0, 4)} ${code.slice(4)}`)
  expect(await banner(page, 'closed')).toEqual(['Mata Tertutup', 'rgb(196, 22, 28)'])
  await page.screenshot({ path: path.join(SCREENSHOTS, 'phone.png'), fullPage: true })
  expect(await banner(page, 'open')).toEqual(['Mata Terbuka', 'rgb(27, 122, 53)'])
  for (const canvas of ['#picture', '#right', '#left-eye', '#closure']) expect(await coloursOf(page, canvas), canvas).toBeGreaterThan(2)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.viewport.width)
  const heights = await page.$$eval('button', (buttons) => buttons.map((button) => button.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  expect([faults, [...hosts]]).toEqual([[], [`127.0.0.1:${aimPort}`]])
})

it('fits on the smallest phone; lost from sight, it does not go on saying how the eyes are; ended, it shows no driver any more', async () => {
  const { page, code, faults } = await browse(SMALL_PHONE)
  await typeCode(page, code)
  await page.waitForSelector('#eyes.open')
  await page.waitForSelector('#advice li')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SMALL_PHONE.viewport.width)
  await page.screenshot({ path: path.join(SCREENSHOTS, 'small-phone.png'), fullPage: true })
  await context?.setOffline(true)
  await page.waitForSelector('#watch.lost #eyes.unseen')
  expect(await page.textContent('#eyes')).toMatch(/^Tidak ada sambungan/)
  await context?.setOffline(false)
  await page.waitForSelector('#watch:not(.lost) #eyes.open', { timeout: 30_000 })
  await page.click('#end')
  await page.waitForSelector('#over:visible')
  expect(await page.textContent('#over')).toMatch(/^Halaman ditutup\./)
  expect(await page.isVisible('#picture')).toBe(false)
  await page.click('#language')
  expect(await page.textContent('#over')).toMatch(/^The page is closed\./)
  expect(faults).toEqual([])
})

it('on a desktop in English: advice, the seat, the sound of the buzzer, the other language', async () => {
  const { page, code, faults } = await browse(DESKTOP)
  await typeCode(page, code)
  await page.waitForSelector('#advice li')
  await page.waitForSelector('#eyes.open')
  // The drawn driver sits in the middle and near; a busy machine may have too few frames, and is told so.
  expect(await page.textContent('#advice')).toMatch(/sees the eyes well|pictures a second/)
  await page.click('button[data-part=buzzer]')
  await page.waitForFunction(() => document.querySelector('#sound-says')?.textContent !== '')
  // He closes his eyes for long once in a while, and does not know that he is asked to.
  const answered = async () => {
    const says = (await page.textContent('#seat-says')) ?? ''
    if (!says.startsWith('Yes') && !says.startsWith('Now')) await page.click('#seat')
    expect(says).toMatch(/^Yes: .*locate\.driverSide/)
  }
  await vi.waitFor(answered, { timeout: 60_000, interval: 200 })
  await page.screenshot({ path: path.join(SCREENSHOTS, 'desktop.png'), fullPage: true })
  await page.click('#language')
  expect(await page.textContent('#end')).toBe('Selesai')
  expect(faults).toEqual([])
})

it('with ten viewers leaves the daemon at least 90 % of its frames; the eleventh is refused', async () => {
  await countsViewers(0, 12_000)
  await sleep(10_500)
  const alone = await framesPerSecond()
  const { page, code } = await browse(DESKTOP)
  await typeCode(page, code)
  await page.waitForSelector('#eyes.open', { timeout: 30_000 })
  const cookie = (await context?.cookies())?.map(({ name, value }) => `${name}=${value}`).join('; ') ?? ''
  const look = () =>
    new Promise<number>((resolve, reject) => {
      const sent = get({ port: aimPort, path: '/live', headers: { cookie }, agent: false }, (response) => {
        response.resume().on('error', () => undefined)
        resolve(response.statusCode ?? 0)
      })
      sent.on('error', reject)
    })
  const statuses = []
  for (let viewer = 2; viewer <= 11; viewer += 1) statuses.push(await look())
  expect(statuses).toEqual([...Array(9).fill(200), 503])
  // Long enough for the figure's window, short enough that nobody is let go for want of a sign.
  await sleep(9500)
  const viewed = await framesPerSecond()
  console.log(`frames a second: ${alone} alone, ${viewed} with ten viewers`)
  expect(viewed).toBeGreaterThanOrEqual(0.9 * alone)
})

it('notices a viewer that vanishes without a word', async () => {
  const { page, code } = await browse(PHONE)
  await typeCode(page, code)
  await countsViewers(1, 30_000)
  await page.waitForSelector('#eyes.open, #eyes.closed')
  const { pid } = server.process()
  if (pid === undefined) throw new Error('Chromium has no process')
  // The connection stays open and nobody answers, as with a phone that has left the reach of the radio.
  process.kill(-pid, 'SIGSTOP')
  await countsViewers(0, 20_000)
  process.kill(-pid, 'SIGCONT')
})

it('ends by command: then nothing listens any more', async () => {
  expect(listeningPorts(daemon.pid)).toContain(aimPort)
  expect(kantukd(['aim', '-c', config, '--end'])).toMatchObject({ code: 0 })
  await vi.waitFor(() => expect(listeningPorts(daemon.pid)).toEqual([healthPort]), { timeout: 3000 })
  expect(daemon.log()).not.toContain('Vision is down')
})
