/** `kantukd aim`: opens the aim page of the running service, or where none runs watches by itself for as long as the page is open. */

import { type Aim, createAim, type Opened } from '../aim/index.js'
import type { Part, Sounded } from '../aim/messages.js'
import { isOwnOnly } from '../aim/neighbours.js'
import { createAlarm, createAlarmOutput } from '../alarm/index.js'
import type { Config } from '../config/index.js'
import { askService } from '../control/ask.js'
import type { Reply, Wish } from '../control/messages.js'
import { socketToAsk } from '../control/place.js'
import { createJudgement } from '../judgement/index.js'
import { policyOf } from '../judgement/policy.js'
import { NO_INPUTS } from '../judgement/rule.js'
import { createLogger, type Logger } from '../log.js'
import { monotonicMs } from '../monotonic.js'
import { reasonOf } from '../reason-of.js'
import { startVisionHost, type VisionHost } from '../vision/host.js'
import { stateSentence } from '../vision/state.js'
import { createSounding } from '../wiring/sounding.js'
import { createViewing } from '../wiring/viewing.js'
import { configuration } from './configuration.js'
import { type ExitCode, UsageError } from './faults.js'
import { requireRunnable } from './runnable.js'

export type AimFlags = { config?: string; end?: true; json?: true; simulated?: true }

const minutes = (seconds: number): string => `${Math.round(seconds / 60)} min`

const listed = (urls: readonly string[]): string => urls.join('\n                            or:  ')

/** Where the page is, for a phone; where no network is up, how to get one, and the page for who stands at the machine. */
export const where = (urls: readonly string[]): string =>
  urls.every(isOwnOnly)
    ? `No phone can reach the page: this machine is in no local network, or aim.address keeps the page to itself.
Join the vehicle's:              sudo nmcli device wifi connect NAME password PASSWORD
or make one for the phone:       sudo nmcli device wifi hotspot ssid NAME password PASSWORD
and run this again.              On this machine itself:  ${listed(urls)}`
    : `On a phone in the same network:  ${listed(urls)}`

function print({ urls, code, codeSeconds, seconds }: Opened, isJson: boolean): void {
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ type: 'aim', urls, code, codeSeconds, seconds })}\n`)
    return
  }
  process.stdout.write(`${where(urls)}
Code:                            ${code.slice(0, 4)} ${code.slice(4)}

The code lets one browser in, within ${minutes(Math.min(codeSeconds, seconds))}; run this again for another. The page closes by itself in ${minutes(seconds)}.
`)
}

/** What the service said; null: there is none. */
async function askRunning(config: Config, wish: Wish): Promise<Reply | null> {
  const reply = await askService(socketToAsk(config.state.dir), wish)
  if (reply?.answer === 'refused') throw new UsageError(reply.message)
  return reply
}

/** Buzzer and light for the buttons of the page; where they cannot be had, the buttons say why. */
function openSounding(config: Config, log: Logger): { sound: (part: Part) => Sounded; close(): void } {
  const onFault = (fault: unknown) => log.error(`Buzzer and light cannot be switched: ${reasonOf(fault)}`)
  try {
    const alarm = createAlarm(createAlarmOutput(config), { onFault })
    return { sound: createSounding(alarm, () => config.alarm.output), close: alarm.close }
  } catch (fault) {
    onFault(fault)
    return { sound: () => ({ is: 'refused', why: reasonOf(fault) }), close: () => undefined }
  }
}

/** The chain and the judgement, without alarm and fleet, until the page is closed or a signal comes. */
async function watchAlone(config: Config, isJson: boolean): Promise<ExitCode> {
  const log = createLogger(config.log, process.stderr)
  const sounding = openSounding(config, log)
  const judgement = createJudgement(policyOf(config.judgement), null)
  let host: VisionHost | null = null
  const viewing = createViewing(
    () => ({ show: (everyMs) => host?.show(everyMs) }),
    (message) => log.warn(message),
  )
  let lastMs = Number.NEGATIVE_INFINITY
  const aim: Aim = createAim({
    ...{ config: () => config, log, now: monotonicMs, watchPictures: viewing.watch },
    sound: sounding.sound,
  })
  const opened = await aim.open()
  host = startVisionHost({
    config,
    onObservation(observation) {
      if (observation.at < lastMs) return
      lastMs = observation.at
      aim.saw(observation, judgement.observe(observation, NO_INPUTS))
    },
    onPicture: viewing.take,
    onUnshown: viewing.fail,
    onState: (state) => log.info(stateSentence(state)),
  })
  print(opened, isJson)
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
  await Promise.race([signalled, aim.closed])
  await aim.close('it was ended')
  await host.close()
  sounding.close()
  return 0
}

/** Resolves with the exit code: at once where the service has opened its page, else when the page is closed. */
export async function aimCommand(flags: AimFlags): Promise<ExitCode> {
  const { config } = configuration(flags.config)
  if (flags.end === true) {
    const reply = await askRunning(config, { ask: 'aim-end' })
    if (reply === null) process.stderr.write('kantukd: no service runs here, so no page of it is open.\n')
    return 0
  }
  const reply = await askRunning(config, { ask: 'aim' })
  if (reply?.answer === 'opened') {
    print(reply.opened, flags.json === true)
    return 0
  }
  requireRunnable(config, flags.simulated === true)
  return watchAlone(config, flags.json === true)
}
