/** The aim page: opened on request, for a limited time, and then nothing listens any more. */
import { CodedError } from '../coded.js'
import type { Config } from '../config/index.js'
import type { Verdict } from '../judgement/index.js'
import type { Observation } from '../observation.js'
import type { Picture } from '../picture.js'
import { createCode, type Try } from './code.js'
import type { Part, Shown, Sounded } from './messages.js'
import { urlsOf } from './neighbours.js'
import { serveAim } from './server.js'
import { createSessions } from './sessions.js'
import { createShowing } from './showing.js'
import { createViewers } from './viewers.js'

export type AimParts = {
  /** Asked each time the page is opened. */
  config(): Pick<Config, 'aim' | 'locate' | 'judgement'>
  /** Pictures from now on, about so often, until the returned function is called. */
  watchPictures(everyMs: number, take: (picture: Picture) => void): () => void
  /** Plays a pattern, if nothing is shown to the driver. */
  sound(part: Part): Sounded
  now(): number
  log: Readonly<Record<'info' | 'warn', (message: string) => void>>
}

/** How to get in. */
export type Opened = { urls: string[]; code: string; codeSeconds: number; seconds: number }

export interface Aim {
  /** Opens the page, or, where it is open, lets one more browser in with a new code. Rejects with AimError when it cannot listen. */
  open(): Promise<Opened>
  /** Told of every observation. */
  saw(observation: Observation, verdict: Verdict): void
  /** While the machine is under strain the page is closed, and cannot be opened. */
  shed(isOn: boolean): void
  /** Resolves when nothing listens any more; the page can be opened again. */
  close(why?: string): Promise<void>
  /** Resolves when the page that is open is closed; at once where none is. */
  readonly closed: Promise<void>
}

/** The page cannot listen where it should; the machine is under strain. */
export const aimErrorCodes = ['aim-port', 'aim-shed'] as const

export class AimError extends CodedError<(typeof aimErrorCodes)[number]> {
  override readonly name = 'AimError'
}

// Own: fluent enough to move a bracket by; a third of the frames at 15 a second.
const PICTURE_EVERY_MS = 200
const LOOK_EVERY_MS = 500

const said: Record<Try, string> = {
  right: 'The aim page has let a browser in.',
  wrong: 'Somebody typed a wrong code on the aim page.',
  expired: 'Somebody typed the code of the aim page after its time.',
  used: 'Somebody typed the code of the aim page a second time.',
  'too-many-tries': 'Too many wrong codes were typed on the aim page: its code is void; run kantukd aim again for another.',
}

const cureOf = (fault: Error): string =>
  'code' in fault && fault.code === 'EADDRNOTAVAIL'
    ? 'this machine does not have that address now: set aim.address to one that it has (ip address), or to 0.0.0.0'
    : 'set aim.port to another, or end what listens there'

type Running = { closed: Promise<void>; end(why: string): Promise<void>; saw: Aim['saw']; opened(): Opened }

export function createAim(parts: AimParts): Aim {
  let running: Promise<Running> | null = null
  let ending: Promise<void> = Promise.resolve()
  let current: Running | null = null
  let isShed = false

  async function start(): Promise<Running> {
    const { log, now } = parts
    const { aim, locate, judgement } = parts.config()
    const { address, port, minutes } = aim
    const endMs = now() + minutes * 60_000
    const leftSeconds = () => Math.max(0, Math.round((endMs - now()) / 1000))
    const sessions = createSessions()
    const showing = createShowing({ driverSide: locate.driverSide, closedAbove: judgement.closedAbove })
    let code = createCode(now())
    let unwatch: (() => void) | null = null
    const about = () => ({ viewers: viewers.count, endsInSeconds: leftSeconds() })
    const tell = (shown: Shown | null) => {
      if (shown !== null) viewers.send(shown)
    }
    // No picture is made while nobody looks.
    const viewers = createViewers((count) => {
      log.info(`The aim page has ${count} ${count === 1 ? 'viewer' : 'viewers'}.`)
      if (count > 0) unwatch ??= parts.watchPictures(PICTURE_EVERY_MS, (picture) => tell(showing.withPicture(picture, about())))
      else {
        unwatch?.()
        unwatch = null
      }
    })
    const onTry = (result: Try) => log[result === 'right' ? 'info' : 'warn'](said[result])
    const onEnd = () => void close('a viewer has ended it')
    const options = { address, port, sessions, viewers, now, leftSeconds, sound: parts.sound, onTry, onEnd, code: () => code }
    const server = await serveAim(options).catch((fault: Error) => {
      throw new AimError('aim-port', `the aim page cannot listen on ${address}:${port} (${fault.message}): ${cureOf(fault)}`)
    })
    // Asked anew each time: a network may come up after the page.
    const urls = () => urlsOf(address, server.port)
    log.warn(`The aim page is open at ${urls().join(' and ')} for ${minutes} min: whoever has its code sees the driver.`)
    const looking = setInterval(() => {
      viewers.sweep(now())
      tell(showing.withoutPicture(about()))
    }, LOOK_EVERY_MS)
    const timeIsOver = setTimeout(() => void close('its time is over'), minutes * 60_000)
    let isClosed: () => void = () => undefined
    return {
      closed: new Promise((resolve) => {
        isClosed = resolve
      }),
      saw: showing.saw,
      opened() {
        code = createCode(now())
        return { urls: urls(), code: code.digits, codeSeconds: code.validSeconds, seconds: leftSeconds() }
      },
      async end(why) {
        clearInterval(looking)
        clearTimeout(timeIsOver)
        viewers.end(isShed)
        unwatch?.()
        await server.close()
        log.info(`The aim page is closed: ${why}.`)
        isClosed()
      },
    }
  }

  async function close(why = 'kantukd stops'): Promise<void> {
    const last = running
    running = null
    current = null
    // One that could not be opened has been told to whoever asked.
    ending = last?.then((each) => each.end(why)).catch(() => undefined) ?? ending
    await ending
  }

  return {
    async open() {
      if (isShed)
        throw new AimError(
          'aim-shed',
          'the machine is hot, short of power or of memory, and the aim page waits until it is not: kantukd doctor',
        )
      // The port is free again when the page before has ended.
      await ending
      running ??= start()
      try {
        current = await running
      } catch (fault) {
        running = null
        throw fault
      }
      return current.opened()
    },
    saw: (observation, verdict) => current?.saw(observation, verdict),
    shed(isOn) {
      isShed = isOn
      if (isOn && running !== null) void close('the machine is under strain, and the watch goes first')
    },
    close,
    get closed() {
      return current?.closed ?? ending
    },
  }
}
