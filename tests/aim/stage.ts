/** The aim page without camera and browser: real HTTP, a clock that the test moves, pictures that the test makes. */
import { type IncomingMessage, request } from 'node:http'
import { type Aim, createAim } from '../../daemon/aim/index.js'
import type { Part, Sounded } from '../../daemon/aim/messages.js'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createJudgement } from '../../daemon/judgement/index.js'
import { policyOf } from '../../daemon/judgement/policy.js'
import { NO_INPUTS } from '../../daemon/judgement/rule.js'
import type { Picture } from '../../daemon/picture.js'
import { freePort } from '../../scripts/lab/free-port.js'
import { observationOf } from '../../scripts/scenarios/look.js'
import { OPEN } from '../judgement/streams.js'

export type Got = { status: number; headers: IncomingMessage['headers']; body: string }

const patch = { side: 2, gray: Buffer.from([0, 60, 120, 255]).toString('base64') }

export async function openStage({
  minutes = 15,
  port: wanted,
  address = '127.0.0.1',
}: {
  minutes?: number
  port?: number
  address?: string
} = {}) {
  const port = wanted ?? (await freePort())
  const config = { ...defaultConfig(), aim: { address, port, minutes } }
  const judgement = createJudgement(policyOf(config.judgement), null)
  const stage = {
    nowMs: 0,
    sound: { is: 'sounded' } as Sounded,
    sounded: [] as Part[],
    log: [] as string[],
    everyMs: null as number | null,
  }
  let take: (picture: Picture) => void = () => undefined
  let frame = 0
  const aim: Aim = createAim({
    config: () => config,
    now: () => stage.nowMs,
    log: { info: (message) => stage.log.push(message), warn: (message) => stage.log.push(message) },
    sound(part) {
      if (stage.sound.is === 'sounded') stage.sounded.push(part)
      return stage.sound
    },
    watchPictures(everyMs, wanted) {
      stage.everyMs = everyMs
      take = wanted
      return () => {
        stage.everyMs = null
        take = () => undefined
      }
    },
  })

  const ask = (method: string, path: string, { body = '', cookie = '' } = {}): Promise<Got> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-length': Buffer.byteLength(body), ...(cookie === '' ? {} : { cookie }) }
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
        response.on('error', reject)
      })
      sent.on('error', reject).end(body)
    })

  const enter = (code: string) => ask('POST', '/enter', { body: new URLSearchParams({ code }).toString() })

  /** Lets a browser in. @returns its cookie */
  async function comeIn(): Promise<string> {
    const { code } = await aim.open()
    const { headers } = await enter(code)
    return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
  }

  /** Opens the stream, and leaves it open. */
  const watch = (cookie: string): Promise<{ status: number; text(): string; leave(): void; ended: Promise<void> }> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/live', headers: { cookie }, agent: false }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        const ended = new Promise<void>((done) => response.once('close', () => done()))
        response.on('error', () => undefined)
        resolve({ status: response.statusCode ?? 0, text: () => text, leave: () => sent.destroy(), ended })
      })
      sent.on('error', reject).end()
    })

  /** One frame: observed, judged, and shown where pictures are wanted. */
  function look(isShown = true): void {
    const observation = observationOf(OPEN, stage.nowMs, frame, null)
    aim.saw(observation, judgement.observe(observation, NO_INPUTS))
    if (isShown) take({ frame, at: stage.nowMs, jpeg: 'JPEG', widthPx: 640, heightPx: 480, patches: { left: patch, right: null } })
    frame += 1
    stage.nowMs += 66
  }

  return { aim, stage, port, ask, enter, comeIn, watch, look }
}
